/** One list of sites. Both lists empty means no restriction. Entries are canonical; see `parse-site.ts`. */
export interface SiteList {
  name: 'session' | 'project' | 'key'
  /** Host names: `https` on any port, and `http` where {@link OriginPolicy.httpAllowed} or the host is this machine. */
  domains: readonly string[]
  /** Whole origins, each allowing itself alone. */
  origins: readonly string[]
}

/** Who may embed a session and who may call with its token: every list must agree. */
export interface OriginPolicy {
  lists: readonly SiteList[]
  /** Whether Parlor itself is served over http, so that its customers' pages may be too. */
  httpAllowed: boolean
  /** Where the token is bound to one origin: that one, verbatim. It is compared as text (contracts 3.6). */
  audience?: string
  /** Whether only pages may call: then a list refuses a call that names no origin, too. */
  pagesOnly?: true
}

/** What a call says of where it comes from. */
export interface Caller {
  /** The page's origin as the browser sent it; absent where no browser did. */
  origin: string | undefined
  /** The host, with its port, that the call was sent to. */
  host: string | undefined
}

export type OriginVerdict =
  | { allowed: true }
  | {
      allowed: false
      rule: 'session_sites' | 'project_sites' | 'key_sites' | 'opaque_origin' | 'session_audience'
      /** The origin as it was seen. */
      origin: string
      /** What to do about it, for the developer of the page. */
      message: string
    }

const thisMachine = new Set(['localhost', '127.0.0.1'])

/**
 * Whether a call with a session's token or a publishable key may use it. Without an origin it comes from no browser: that is allowed, except where
 * only pages may call, and to a token bound to one origin, which then wants to be used where that origin is served from (contracts
 * 3.6, rows 8 and 9).
 */
export function judgeCaller(policy: OriginPolicy, { origin, host }: Caller): OriginVerdict {
  if (origin !== undefined) return judgeOrigin(policy, origin)
  const { audience, pagesOnly } = policy
  const list = pagesOnly ? policy.lists.find(isRestricting) : undefined
  if (list !== undefined) return { allowed: false, rule: `${list.name}_sites`, origin: '', message: noPageMessage }
  if (audience === undefined) return { allowed: true }
  if (host !== audience.replace(/^https?:\/\//, '')) {
    return refuseAudience(audience, `${host ?? ''}`, 'the call names no Origin and was sent to the host')
  }
  // It counts as a call from there, and a project that is strict has its say in that.
  return judgeOrigin(policy, audience)
}

/** The one function that decides whether a page of `origin` may use a session. `origin` is the header's value. */
export function judgeOrigin(policy: OriginPolicy, origin: string): OriginVerdict {
  const { audience } = policy
  if (audience !== undefined && origin !== audience) return refuseAudience(audience, origin, 'the call came from')
  const restricting = policy.lists.filter(isRestricting)
  if (restricting.length === 0) return { allowed: true }
  const url = URL.parse(origin)
  if (url === null || url.origin === 'null' || url.origin !== origin.toLowerCase()) {
    return { allowed: false, rule: 'opaque_origin', origin, message: opaqueMessage }
  }
  for (const list of restricting) {
    if (list.origins.includes(url.origin)) continue
    if (list.domains.includes(url.hostname) && schemeAllowed(url, policy)) continue
    return { allowed: false, rule: `${list.name}_sites`, origin: url.origin, message: howToAllow(list, url) }
  }
  return { allowed: true }
}

/** A project's own list, where it binds everything of the project. A strict one without any site allows none. */
export function strictLists({
  strictOrigins,
  allowedOrigins,
}: {
  strictOrigins: boolean
  allowedOrigins: readonly string[]
}): SiteList[] {
  if (!strictOrigins) return []
  // `https://invalid` is a name nobody can own (RFC 6761).
  const origins = allowedOrigins.length > 0 ? allowedOrigins : ['https://parlor.invalid']
  return [{ name: 'project', domains: [], origins }]
}

/** Whether a list says anything at all. */
export function isRestricting(list: SiteList): boolean {
  return list.domains.length > 0 || list.origins.length > 0
}

/** The schemes a host entry stands for. */
export function schemesFor(host: string, policy: OriginPolicy): ('https' | 'http')[] {
  return policy.httpAllowed || thisMachine.has(host) ? ['https', 'http'] : ['https']
}

function schemeAllowed(url: URL, policy: OriginPolicy): boolean {
  return schemesFor(url.hostname, policy).some((scheme) => url.protocol === `${scheme}:`)
}

function refuseAudience(audience: string, seen: string, how: string): OriginVerdict {
  const message = `This token is for ${JSON.stringify([audience])} alone, and ${how} ${JSON.stringify(seen)}. Create the session with the origin of the page that uses it, to the letter: scheme, host and port, no trailing slash.`
  return { allowed: false, rule: 'session_audience', origin: seen, message }
}

const opaqueMessage =
  'The page has no origin of its own (a sandboxed frame, a file, or a data address). Serve it from a site on the session’s list.'

const noPageMessage =
  'The call names no Origin, so no page made it, and this is for the pages of listed sites alone. Call from one of them, or from your backend with a secret key.'

function howToAllow(list: SiteList, url: URL): string {
  if (list.name === 'project') {
    return `${url.origin} is not among the sites of this project. Add it to the project's allowed origins.`
  }
  if (list.name === 'key') {
    return `${url.origin} is not among the origins of this client key. Make one that names it: parlor keys create --client --origins ${url.origin}`
  }
  if (list.domains.includes(url.hostname)) {
    return `${url.origin} is not https. Serve the page over https, or name "${url.origin}" in allowed_origins.`
  }
  return `${url.origin} is not among the sites of this session. Create the session with "${url.hostname}" in allowed_domains or "${url.origin}" in allowed_origins; subdomains are listed one by one.`
}
