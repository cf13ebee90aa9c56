import { type Finding, ok, stops, warning } from './finding.ts'

/** Hosts a browser trusts over http, as if it were https. */
const trustedHosts = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|.*\.localhost)$/

/** A page on https loads nothing over http. */
export function judgeMixedContent(page: URL, base: string): Finding[] {
  const parlor = new URL(base)
  if (page.protocol !== 'https:' || parlor.protocol !== 'http:') return []
  if (trustedHosts.test(parlor.hostname)) {
    return [warning('mixed-content', `Parlor is at ${base}: that works on this machine alone.`)]
  }
  const message = `The page is on https and Parlor on http (${base}): browsers block that as mixed content.`
  return [stops('mixed-content', message, `<script src="https://${parlor.host}/embed.js" async></script>`)]
}

/** Whether the page lets Parlor's frame have the microphone. Without it, typing still works. */
export function judgeMicrophone(header: string | null, page: URL, base: string): Finding[] {
  const { origin } = new URL(base)
  const allowlist = header === null ? undefined : readAllowlist(header, 'microphone')
  if (allowlist === undefined) return [ok('microphone', 'The page does not withhold the microphone.')]
  const allows = allowlist.some((one) => one === '*' || one === origin || (one === 'self' && page.origin === origin))
  if (allows) return [ok('microphone', 'The Permissions-Policy lends the microphone to Parlor.')]
  const message = 'The Permissions-Policy withholds the microphone from Parlor: visitors can type but not speak.'
  return [warning('microphone', message, `Permissions-Policy: microphone=(self "${origin}")`)]
}

/** A page that asks every frame to embed under COEP shows no frame that does not. */
export function judgeEmbedderPolicy(header: string | null): Finding[] {
  const value = header?.split(';', 1)[0]?.trim()
  if (value !== 'require-corp' && value !== 'credentialless') return []
  const message = `The page sends Cross-Origin-Embedder-Policy: ${value}, and so shows no frame of another origin that does not send it too; Parlor's does not.`
  return [stops('embedder-policy', message, 'Cross-Origin-Embedder-Policy: unsafe-none')]
}

/** The origins a Permissions-Policy lends a feature to; undefined where it says nothing of it (RFC 8941, a dictionary). */
export function readAllowlist(header: string, feature: string): string[] | undefined {
  let found: string[] | undefined
  for (const [, name, list, single] of header.matchAll(/([a-z*][\w.*-]*)\s*=\s*(?:\(([^)]*)\)|([^,;\s]+))[^,]*/g)) {
    // Said twice, the last counts.
    if (name === feature) found = (list ?? single ?? '').split(/\s+/).filter(Boolean).map(unquote)
  }
  return found
}

function unquote(text: string): string {
  const inner = /^"(.*)"$/.exec(text)?.[1]
  return inner === undefined ? text : (URL.parse(inner)?.origin ?? inner)
}
