import { checkEmbed } from './check-embed.ts'
import { checkSession } from './check-session.ts'
import { type ContentPolicy, parsePolicies } from './content-policy.ts'
import { findLoader } from './find-loader.ts'
import { type Finding, ok, stops, warning } from './finding.ts'
import { judgeClock } from './judge-clock.ts'
import { judgeEmbedderPolicy, judgeMicrophone, judgeMixedContent } from './judge-headers.ts'
import { judgePolicies } from './judge-policies.ts'
import { findTokens, judgeKeys, judgeTokens } from './judge-secrets.ts'
import { judgeTag } from './judge-tag.ts'
import { type Loaded, load } from './load.ts'
import { readPage } from './read-page.ts'

export interface PageCheck {
  url: URL
  /** A session the page is to show, beside those whose tokens stand in it. */
  session: string | undefined
  /** Where Parlor is, with a slash at the end, when it is known. */
  parlor: string | null
  apiKey: string | undefined
}

/** What would stop the widget on a customer's page. @throws Error with a sentence when the page cannot be had. */
export async function checkPage({ url, session, parlor, apiKey }: PageCheck): Promise<Finding[]> {
  const loaded = await load(url, { accept: 'text/html' })
  const unreadable = judgeAnswer(loaded, url)
  if (unreadable.some(({ level }) => level === 'stops')) return [...unreadable, ...judgeKeys(loaded.text, apiKey)]
  const page = readPage(loaded.text)
  const loader = findLoader(page, loaded.url, parlor === null ? null : new URL(parlor))
  const base = loader?.base ?? parlor
  const tokens = findTokens(loaded.text)
  const policies = policiesOf(loaded, page.metaPolicies)
  const findings = [
    ...unreadable,
    ...judgeKeys(loaded.text, apiKey),
    ...judgeTag(page, loader, parlor),
    ...judgeTokens(tokens, loaded.headers.get('cache-control'), Date.now()),
    ...judgeEmbedderPolicy(loaded.headers.get('cross-origin-embedder-policy')),
    ...noteReportOnly(loaded),
  ]
  if (base === null) return findings
  findings.push(
    ...judgePolicies(policies, { page: loaded.url, base, loader }),
    ...judgeMixedContent(loaded.url, base),
    ...judgeMicrophone(loaded.headers.get('permissions-policy'), loaded.url, base),
  )
  const named = page.widgets.flatMap((widget) => (widget.session === undefined ? [] : [widget.session]))
  const sessions = new Set([
    ...(session === undefined ? [] : [session]),
    ...named,
    ...tokens.filter(({ expiresAt }) => expiresAt > Date.now()).map((token) => token.session),
  ])
  findings.push(...(await askParlor(base, loader, sessions, originOf(loaded.url, policies))))
  return findings
}

type Tag = { url: URL; tag: { integrity: string | undefined } } | null

async function askParlor(base: string, loader: Tag, sessions: Set<string>, origin: string): Promise<Finding[]> {
  try {
    const tag = { url: loader?.url ?? new URL('embed.js', base), integrity: loader?.tag.integrity }
    const health = await load(new URL('health', base))
    const embed = await checkEmbed(base, tag)
    const asked = await Promise.all([...sessions].map((one) => checkSession(base, one, origin)))
    return [...embed, ...asked, ...judgeClock(health.clockDifferenceMs, 'Parlor')]
  } catch (error) {
    return [stops('parlor', error instanceof Error ? error.message : String(error))]
  }
}

function judgeAnswer({ url, status, headers, isCut }: Loaded, asked: URL): Finding[] {
  const findings: Finding[] = []
  if (withoutHash(url) !== withoutHash(asked)) findings.push(ok('page', `The page was found at ${url.href}.`))
  const type = headers.get('content-type') ?? 'nothing'
  if (status >= 400) findings.push(stops('page', `The page answers ${status}: this address shows no widget.`))
  else if (!/html/i.test(type)) findings.push(stops('page', `The address answers ${type}, which is no HTML page.`))
  if (isCut) findings.push(warning('page', 'The page is larger than 5 MiB; only its beginning was read.'))
  return findings
}

function withoutHash(url: URL): string {
  return url.href.split('#', 1)[0] ?? ''
}

function policiesOf({ headers }: Loaded, meta: readonly string[]): ContentPolicy[] {
  return [
    ...parsePolicies(headers.get('content-security-policy') ?? '', 'header'),
    ...meta.flatMap((text) => parsePolicies(text, 'meta')),
  ]
}

/** A page that is sandboxed without an origin of its own calls itself `null`. */
function originOf(page: URL, policies: readonly ContentPolicy[]): string {
  const isOpaque = policies.some(({ directives }) => directives.get('sandbox')?.includes('allow-same-origin') === false)
  return isOpaque ? 'null' : page.origin
}

function noteReportOnly({ headers }: Loaded): Finding[] {
  if (!headers.has('content-security-policy-report-only')) return []
  return [ok('csp-report-only', 'A Content-Security-Policy-Report-Only is sent as well: it reports and stops nothing.')]
}
