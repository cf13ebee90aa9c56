import type { KeyOwner, Project } from '../account/index.ts'
import type { Agent, AgentStore } from '../agent/index.ts'
import { ParlorError, refuseField } from '../errors/index.ts'
import { chooseDuration } from '../limits/index.ts'
import { frameAncestors, frameAncestorsLimit, type OriginPolicy, parseDomain, parseOrigin } from '../origin/index.ts'
import { type Clock, newId } from '../time/index.ts'
import { newTokenId, type SigningKeys, signJwt, type TokenClaims } from '../token/index.ts'
import type { Session, SessionFeatures, SessionKind } from './session.ts'
import type { SessionStore } from './session-store.ts'

/** What a caller asks for, in core's own words. */
export interface SessionWish {
  kind: SessionKind
  agentId: string
  durationSeconds?: number
  domains: readonly string[]
  origins: readonly string[]
  features: SessionFeatures
  audioOnly: boolean
  singleUse: boolean
  metadata: Readonly<Record<string, unknown>> | null
}

export interface CreateSessionPorts {
  sessions: SessionStore
  agents: Pick<AgentStore, 'agents'>
  signingKeys: SigningKeys
  clock: Clock
  /** Whether Parlor is served over http: then its customers' pages may be. */
  httpAllowed: boolean
  /** Claims a wire wants in its token beside ours. */
  claims(session: Session): Record<string, unknown>
}

export interface CreatedSession {
  session: Session
  token: string
  agent: Agent
  durationSeconds: number
}

/** The most domains and the most origins a session may list. */
export const mostSites = 100

/**
 * Makes a session for an agent of the caller's account and signs its token. Durable when it resolves.
 * @throws ParlorError `not_found` (agent), `validation_failed` (duration, sites), `concurrency_reached`.
 */
export async function createSession(
  ports: CreateSessionPorts,
  owner: KeyOwner,
  wish: SessionWish,
  project: Project,
): Promise<CreatedSession> {
  const agent = await ports.agents.agents.find(wish.agentId)
  if (agent === null || agent.archivedAt !== null || agent.accountId !== owner.account.id) {
    throw new ParlorError('not_found', {
      message: 'There is no such agent in this account. List yours to find its id.',
    })
  }
  const ceilings = [owner.account.maxDurationSeconds, owner.key.maxDurationSeconds]
  const durationSeconds = chooseDuration(wish.durationSeconds, ceilings, ['durationSeconds'])
  const sites = parseSites(wish)
  checkSites(sites, project, ports.httpAllowed)
  const { kid, key } = await ports.signingKeys.current(project.id)
  const now = ports.clock.now()
  const iat = Math.floor(now / 1000)
  const session: Session = {
    id: newId(ports.clock),
    kind: wish.kind,
    accountId: owner.account.id,
    projectId: project.id,
    agentId: agent.id,
    keyId: owner.key.id,
    jti: newTokenId(),
    kid,
    state: 'issued',
    reason: null,
    createdAt: now,
    expiresAt: (iat + durationSeconds) * 1000,
    liveAt: null,
    endedAt: null,
    settings: {
      features: wish.features,
      sites,
      audioOnly: wish.audioOnly,
      singleUse: wish.singleUse,
      metadata: wish.metadata,
    },
    boundVisitorId: null,
    entries: 1,
  }
  const issued = { sessionId: session.id, number: 1, at: now, type: 'issued', facts: {} } as const
  await ports.sessions.insertSession(session, issued, owner.account.concurrency)
  return { session, agent, durationSeconds, token: signJwt(claimsOf(session, ports), kid, key) }
}

/**
 * What creating a session answered, made again from its row: the same token to the byte, since the store keeps none.
 * @throws ParlorError `conflict` when the token's signing key has retired: nobody would take it any more.
 */
export async function recallSession(ports: CreateSessionPorts, id: string): Promise<CreatedSession> {
  const session = await ports.sessions.findSession(id)
  const agent = session === null ? null : await ports.agents.agents.find(session.agentId)
  const signer = session === null ? null : await ports.signingKeys.find(session.kid)
  if (session === null || agent === null || signer === null) {
    throw new ParlorError('conflict', {
      message: 'The session made with this Idempotency-Key can no longer be handed out. Use a new one.',
    })
  }
  const durationSeconds = session.expiresAt / 1000 - Math.floor(session.createdAt / 1000)
  return { session, agent, durationSeconds, token: signJwt(claimsOf(session, ports), session.kid, signer.key) }
}

function claimsOf(session: Session, ports: Pick<CreateSessionPorts, 'claims'>): TokenClaims {
  const iat = Math.floor(session.createdAt / 1000)
  return { ...ports.claims(session), sub: session.id, jti: session.jti, iat, exp: session.expiresAt / 1000 }
}

function parseSites(wish: SessionWish): Session['settings']['sites'] {
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
function checkSites(sites: Session['settings']['sites'], project: Project, httpAllowed: boolean): void {
  const header = frameAncestors(originPolicyOf(sites, project, httpAllowed)).join(', ')
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

/** Everything that restricts where a session may be used: its own lists and, where it is strict, its project's. */
export function originPolicyOf(
  sites: Session['settings']['sites'],
  project: Pick<Project, 'strictOrigins' | 'allowedOrigins'>,
  httpAllowed: boolean,
): OriginPolicy {
  const own = { name: 'session' as const, ...sites }
  if (!project.strictOrigins) return { lists: [own], httpAllowed }
  // A strict project without any site allows none, and `https://invalid` is a name nobody can own (RFC 6761).
  const origins = project.allowedOrigins.length > 0 ? project.allowedOrigins : ['https://parlor.invalid']
  return { lists: [own, { name: 'project', domains: [], origins }], httpAllowed }
}
