import type { Project } from '../account/index.ts'
import { ParlorError, refuseField } from '../errors/index.ts'
import {
  frameAncestors,
  frameAncestorsLimit,
  type OriginPolicy,
  parseDomain,
  parseOrigin,
  strictLists,
} from '../origin/index.ts'
import type { Session, SessionSettings } from './session.ts'

/** The most domains and the most origins a session may list. */
export const mostSites = 100

/** A session's lists in canonical form. @throws ParlorError `validation_failed` at the entry that is none. */
export function parseSites(wish: {
  domains: readonly string[]
  origins: readonly string[]
}): Session['settings']['sites'] {
  return {
    domains: parseList(wish.domains, 'domains', parseDomain),
    origins: parseList(wish.origins, 'origins', parseOrigin),
  }
}

type ParseEntry = (entry: string, path: (string | number)[]) => string

function parseList(entries: readonly string[], field: string, parse: ParseEntry): string[] {
  if (entries.length > mostSites) throw refuseField([field], 'too_many', `list at most ${mostSites}`)
  return [...new Set(entries.map((entry, index) => parse(entry, [field, index])))]
}

/** A project with strict origins has the last word at creation already, so that a developer learns of it at once. */
export function checkSites(sites: Session['settings']['sites'], project: Project, httpAllowed: boolean): void {
  const header = frameAncestors(originPolicyOf({ sites }, project, httpAllowed)).join(', ')
  if (header.length > frameAncestorsLimit) {
    throw refuseField(['domains'], 'too_many', 'these sites together are too long for one header; list fewer')
  }
  if (!project.strictOrigins) return
  const hosts = new Set(project.allowedOrigins.map((origin) => new URL(origin).hostname))
  const refuse = (field: 'domains' | 'origins', site: string) =>
    refuseField([field], 'not_in_project', `${site} is not among the allowed origins of this project`)
  const domain = sites.domains.find((one) => !hosts.has(one))
  if (domain !== undefined) throw refuse('domains', domain)
  const origin = sites.origins.find((one) => !project.allowedOrigins.includes(one))
  if (origin !== undefined) throw refuse('origins', origin)
}

/** A token bound to one origin is bound to it as text; where the project is strict, that text is one of its origins. */
export function checkAudience(audience: string | undefined, project: Project): void {
  if (audience === undefined || !project.strictOrigins || project.allowedOrigins.includes(audience)) return
  throw new ParlorError('origin_refused', {
    message: `${JSON.stringify(audience)} is not among the allowed origins of the project "${project.slug}", which is strict. Approve it there first.`,
    facts: { rule: 'project_sites', origin: audience },
  })
}

/** Everything that restricts where a session may be used: its own lists or origin and, where it is strict, its project's. */
export function originPolicyOf(
  { sites, audience }: Pick<SessionSettings, 'sites' | 'audience'>,
  project: Pick<Project, 'strictOrigins' | 'allowedOrigins'>,
  httpAllowed: boolean,
): OriginPolicy {
  const own = { name: 'session' as const, ...sites }
  return {
    lists: [own, ...strictLists(project)],
    httpAllowed,
    ...(audience !== undefined && { audience }),
  }
}
