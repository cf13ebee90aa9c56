import { refuseField } from '../errors/index.ts'

/** Longest entry in a list of sites; host names end at 253 characters. */
const longestEntry = 300

/**
 * A host name in canonical form (lower case, ASCII). A scheme and trailing slashes are tolerated and cut off, as contract K27 asks.
 * @throws ParlorError `validation_failed` at `path` for anything else: wildcards, ports, paths, names no URL can hold.
 */
export function parseDomain(entry: string, path: (string | number)[]): string {
  const text = entry.replace(/^https?:\/\//i, '').replace(/\/+$/, '')
  const url =
    isPlain(text) && !/[/?#@:\\]/.test(text.replace(/^\[[0-9a-f:.]+\]$/i, '')) ? URL.parse(`https://${text}`) : null
  if (url === null || url.hostname === '') {
    const hint = /:\d+$/.test(text) ? ' A port belongs into allowed_origins.' : ''
    throw refuseField(path, 'invalid_domain', `write a host name such as shop.example, without wildcards.${hint}`)
  }
  return url.hostname
}

/**
 * An origin in canonical form: scheme, host, and the port where it is not the scheme's own.
 * @throws ParlorError `validation_failed` at `path` for anything that is not exactly an http or https origin.
 */
export function parseOrigin(entry: string, path: (string | number)[]): string {
  const url = isPlain(entry) && /^https?:\/\/[^/?#@\\]+\/?$/i.test(entry) ? URL.parse(entry) : null
  if (url === null || url.hostname === '') {
    throw refuseField(
      path,
      'invalid_origin',
      'write an origin such as https://shop.example or http://localhost:8080, without a path',
    )
  }
  return url.origin
}

/** URL parsers silently drop tabs and line ends, and pass characters a header must not hold; we refuse them instead. */
function isPlain(text: string): boolean {
  return text.length > 0 && text.length <= longestEntry && !/[\s*%,;'"<>\p{Cc}\p{Cf}]/u.test(text)
}
