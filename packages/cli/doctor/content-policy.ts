/** One Content-Security-Policy (https://www.w3.org/TR/CSP3/): directive to its sources. A page must satisfy all of its policies. */
export interface ContentPolicy {
  from: 'header' | 'meta'
  directives: ReadonlyMap<string, readonly string[]>
}

/** What the widget does on a page, and the directives that speak of it, the first present one deciding. */
export const chains = {
  script: ['script-src-elem', 'script-src', 'default-src'],
  connect: ['connect-src', 'default-src'],
  frame: ['frame-src', 'child-src', 'default-src'],
} as const
export type Use = keyof typeof chains

export interface Wanted {
  url: URL
  /** Where the page is. */
  page: URL
  /** Of the script tag. */
  nonce?: string | undefined
  integrity?: string | undefined
}

/** Policies out of a header's value: several are separated by commas, and of a directive said twice the first counts. */
export function parsePolicies(value: string, from: ContentPolicy['from']): ContentPolicy[] {
  return value
    .split(',')
    .map((text) => ({ from, directives: parseDirectives(text, from) }))
    .filter(({ directives }) => directives.size > 0)
}

/** The directive of a policy that decides about a use; null where it says nothing of it. */
export function decidingDirective(
  { directives }: ContentPolicy,
  use: Use,
): { name: string; sources: readonly string[] } | null {
  const name = chains[use].find((candidate) => directives.has(candidate))
  return name === undefined ? null : { name, sources: directives.get(name) ?? [] }
}

/** Whether a policy lets the widget do this. */
export function permits(policy: ContentPolicy, use: Use, wanted: Wanted): boolean {
  const directive = decidingDirective(policy, use)
  if (directive === null) return true
  const { sources } = directive
  if (use === 'script') {
    if (wanted.nonce && sources.includes(`'nonce-${wanted.nonce}'`)) return true
    if (hasListedHashes(sources, wanted.integrity)) return true
    // With it, hosts and schemes count for nothing in a tag that stands in the page.
    if (isStrictDynamic(sources)) return false
  }
  return sources.some((source) => matches(source, wanted))
}

export function isStrictDynamic(sources: readonly string[]): boolean {
  return sources.some((source) => source.toLowerCase() === "'strict-dynamic'")
}

/** The directive with one more source. Nonces are new with each answer, so they are not repeated. */
export function withSource(use: Use, directive: { name: string; sources: readonly string[] }, source: string): string {
  // A fallback is left as it is, and the use gets a directive of its own.
  const name = directive.name === 'default-src' || directive.name === 'child-src' ? `${use}-src` : directive.name
  const kept = directive.sources
    .filter((one) => one.toLowerCase() !== "'none'")
    .map((one) => (/^'nonce-/i.test(one) ? "'nonce-…'" : one))
  return [name, ...kept, source].join(' ')
}

function parseDirectives(text: string, from: ContentPolicy['from']): Map<string, string[]> {
  const directives = new Map<string, string[]>()
  for (const part of text.split(';')) {
    const [name = '', ...sources] = part.trim().split(/[\t\n\f\r ]+/)
    const known = name.toLowerCase()
    // A meta element cannot sandbox or say who may frame: browsers ignore these there.
    const isIgnored = from === 'meta' && ['sandbox', 'frame-ancestors', 'report-uri'].includes(known)
    if (known !== '' && !isIgnored && !directives.has(known)) directives.set(known, sources)
  }
  return directives
}

/** An external script may also pass by its hash, if all hashes in its `integrity` are listed. */
function hasListedHashes(sources: readonly string[], integrity: string | undefined): boolean {
  const hashes = (integrity ?? '').split(/\s+/).filter((hash) => /^sha(256|384|512)-/.test(hash))
  return hashes.length > 0 && hashes.every((hash) => sources.includes(`'${hash}'`))
}

const hostSource = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[^/:*[\]]+|\[[^\]]+\])(?::(\d+|\*))?(\/.*)?$/i

function matches(source: string, { url, page }: Wanted): boolean {
  const lower = source.toLowerCase()
  if (lower === '*') return /^(https?|wss?):$/.test(url.protocol) || url.protocol === page.protocol
  if (lower === "'self'") return isSelf(url, page)
  if (/^[a-z][a-z0-9+.-]*:$/.test(lower)) return schemeFits(lower, url)
  const [, scheme, host, port, path] = hostSource.exec(source) ?? []
  if (host === undefined || source.startsWith("'")) return false
  return (
    schemeFits(scheme === undefined ? page.protocol : `${scheme.toLowerCase()}:`, url) &&
    hostFits(host.toLowerCase(), url.hostname) &&
    portFits(port, url) &&
    pathFits(path, url.pathname)
  )
}

function isSelf(url: URL, page: URL): boolean {
  if (url.origin === page.origin) return true
  return url.hostname === page.hostname && url.port === '' && page.port === '' && schemeFits(page.protocol, url)
}

/** A scheme also stands for its secure form. */
function schemeFits(scheme: string, { protocol }: URL): boolean {
  if (scheme === protocol) return true
  if (scheme === 'http:') return protocol === 'https:'
  if (scheme === 'ws:') return ['wss:', 'http:', 'https:'].includes(protocol)
  return scheme === 'wss:' && protocol === 'https:'
}

function hostFits(pattern: string, host: string): boolean {
  if (pattern === '*') return true
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern
}

function portFits(port: string | undefined, url: URL): boolean {
  if (port === '*') return true
  const standard = /^(https|wss):$/.test(url.protocol) ? '443' : '80'
  const actual = url.port === '' ? standard : url.port
  if (port === undefined) return actual === standard
  return port === actual || (port === '80' && actual === '443')
}

function pathFits(path: string | undefined, actual: string): boolean {
  if (path === undefined || path === '') return true
  const wanted = decode(path)
  const given = decode(actual)
  return wanted.endsWith('/') ? given.startsWith(wanted) : given === wanted
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
