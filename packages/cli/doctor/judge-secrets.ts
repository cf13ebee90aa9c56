import { type Finding, ok, stops, warning } from './finding.ts'

/** What a token of ours says of itself. It is read, not verified. */
export interface TokenInPage {
  session: string
  /** Milliseconds since 1970. */
  expiresAt: number
}

const longestShown = 13

/** Keys that stand in a page for everybody to read. `ownKey` is one we know although it looks like nothing. */
export function judgeKeys(html: string, ownKey: string | undefined): Finding[] {
  const found = new Set(html.match(/\bprl_(?:live|op)_[\w-]{8,}/g) ?? [])
  if (ownKey !== undefined && ownKey.length >= 16 && html.includes(ownKey)) found.add(ownKey)
  if (found.size === 0) return [ok('keys', 'No API key stands in the page.')]
  return [...found].map((key) => {
    const kind = key.startsWith('prl_op_') ? 'AN OPERATOR SESSION' : 'A SECRET API KEY'
    const message = `${kind} STANDS IN THE PAGE (${key.slice(0, longestShown)}…). EVERYBODY WHO OPENS IT CAN USE IT. Revoke it now, and make sessions on your backend.`
    return stops('keys', message, key.startsWith('prl_op_') ? 'parlor logout' : 'parlor keys revoke ID')
  })
}

/** Session tokens in the page: right for one visitor, wrong in a page that many get. */
export function judgeTokens(tokens: readonly TokenInPage[], cacheControl: string | null, now: number): Finding[] {
  const expired = tokens.filter(({ expiresAt }) => expiresAt <= now)
  const findings = expired.map(({ session }) =>
    stops(
      'token',
      `The token in the page is over (session ${session}): pages need a new one for each visit.`,
      'Create the session on your backend when the page is asked for.',
    ),
  )
  if (tokens.length > expired.length && !/\b(no-store|private)\b/i.test(cacheControl ?? '')) {
    const message = 'A session token stands in the HTML, and the page may be cached: visitors would share one session.'
    findings.push(warning('token', message, 'Cache-Control: no-store'))
  }
  return findings
}

/** Tokens of ours in a text: JWTs that name their session. */
export function findTokens(text: string): TokenInPage[] {
  const found = new Map<string, TokenInPage>()
  for (const [jwt] of text.matchAll(/\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]{5,}/g)) {
    const [head, claims] = jwt.split('.').slice(0, 2).map(decode)
    const { sub, exp, jti } = claims ?? {}
    if (typeof head?.kid !== 'string' || typeof jti !== 'string') continue
    if (typeof sub === 'string' && typeof exp === 'number') found.set(jwt, { session: sub, expiresAt: exp * 1000 })
  }
  return [...found.values()]
}

function decode(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
