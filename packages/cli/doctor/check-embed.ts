import { hash } from 'node:crypto'
import { type Finding, ok, stops, warning } from './finding.ts'
import { load } from './load.ts'

/** Whether `embed.js` is there and is what `embed.json` says it is. `tag` is what a page asks for: its address and hash. */
export async function checkEmbed(base: string, tag: { url: URL; integrity: string | undefined }): Promise<Finding[]> {
  const script = await load(tag.url)
  if (script.status !== 200 || !/javascript/.test(script.headers.get('content-type') ?? '')) {
    return [
      stops(
        'embed.js',
        `${tag.url.href} answers ${script.status} and no script.`,
        `<script src="${base}embed.js" async></script>`,
      ),
    ]
  }
  const findings = await compareWithServer(base, script.text)
  if (tag.integrity === undefined) return findings
  return [...findings, compareWithTag(tag.integrity, script.text, tag.url)]
}

async function compareWithServer(base: string, text: string): Promise<Finding[]> {
  const described = await load(new URL('embed.json', base))
  const { integrity, url } = parse(described.text) as { integrity?: string; url?: string }
  if (described.status !== 200 || integrity === undefined) {
    return [warning('embed.js', `${new URL('embed.json', base).href} does not say which hash the script has.`)]
  }
  if (matchesHash(integrity, text)) return [ok('embed.js', 'embed.js is served, with the hash that embed.json names.')]
  const message = 'embed.js is not what Parlor’s embed.json says: something on the way changes or keeps an old one.'
  return [warning('embed.js', message, `<script src="${new URL(url ?? 'embed.js', base).href}" async></script>`)]
}

function compareWithTag(integrity: string, text: string, url: URL): Finding {
  if (matchesHash(integrity, text)) return ok('integrity', 'The tag’s integrity fits the script.')
  const hashes = `sha384-${hash('sha384', text, 'base64')}`
  return stops(
    'integrity',
    'The tag’s integrity does not fit the script, so browsers will not run it. Parlor was probably updated.',
    `<script src="${url.href}" integrity="${hashes}" crossorigin="anonymous" async></script>`,
  )
}

/** Of several hashes any one will do (https://www.w3.org/TR/SRI/), the strongest kind only. */
function matchesHash(integrity: string, text: string): boolean {
  const known = integrity.split(/\s+/).flatMap((one) => {
    const [, algorithm, digest] = /^(sha256|sha384|sha512)-([^?]+)/.exec(one) ?? []
    return algorithm === undefined || digest === undefined ? [] : [{ algorithm, digest }]
  })
  const strongest = known
    .map(({ algorithm }) => algorithm)
    .sort()
    .at(-1)
  if (strongest === undefined) return true
  return known.some(({ algorithm, digest }) => algorithm === strongest && hash(algorithm, text, 'base64') === digest)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}
