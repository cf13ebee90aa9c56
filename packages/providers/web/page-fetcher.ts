import type { FetchedPage, PageFetcher } from '@parlor/conversation/knowledge'
import { ParlorError, refuseField } from '@parlor/core/errors'
import { type GuardedFetch, type GuardSettings, guardedFetch } from './guarded-fetch.ts'
import { isAllowedBy, userAgent } from './robots.ts'

/** Anything else is not read to its end. */
const readTypes = new Set([
  '',
  'text/html',
  'application/xhtml+xml',
  'text/plain',
  'text/markdown',
  'text/x-markdown',
  'application/pdf',
  'application/x-pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/octet-stream',
  'binary/octet-stream',
])
const accept =
  'text/html, text/markdown, text/plain, application/pdf, application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const robotsLimit = 512 * 1024

/** Gets pages by the guarded way out, as far as each site's robots.txt lets it. */
export function pageFetcher(settings: GuardSettings & { timeoutMs?: number } = {}): PageFetcher {
  const fetch = guardedFetch(settings)
  const { timeoutMs = 20_000 } = settings
  return {
    fetch: async (url, limitBytes, signal) => {
      const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
      try {
        const { status, headers, body, finalUrl } = await fetch(url, {
          headers: { accept, 'user-agent': userAgent },
          limitBytes,
          signal: within,
          timeoutMs: null,
          beforeHop: (hop) => askRobots(fetch, hop, within),
        })
        const mediaType = headers['content-type'] ?? ''
        const refusal = refuseAnswer(status, mediaType)
        if (refusal !== null) {
          body.on('error', () => {}).destroy()
          throw refusal
        }
        return { url: finalUrl, mediaType, bytes: await readAll(body) } satisfies FetchedPage
      } catch (error) {
        if (!signal.aborted && within.aborted && !(error instanceof ParlorError)) throw tooSlow(timeoutMs, error)
        throw error
      }
    },
  }
}

function tooSlow(timeoutMs: number, cause: unknown): ParlorError {
  const message = `the address did not answer in whole within ${Math.ceil(timeoutMs / 1000)} seconds. Try again later.`
  const refusal = refuseField(['url'], 'too_slow', message)
  refusal.cause = cause
  return refusal
}

function refuseAnswer(status: number, mediaType: string): ParlorError | null {
  if (status < 200 || status > 299) {
    return refuseField(
      ['url'],
      'unreachable',
      `the address answered with the status ${status}. Open it in a browser to see why.`,
    )
  }
  const essence = mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (readTypes.has(essence)) return null
  return new ParlorError('unsupported_media_type', {
    message: `What stands at the address is declared as ${essence.slice(0, 80)}, which cannot be read. Use the address of a web page, Markdown, plain text, PDF or a Word document.`,
  })
}

/** A site without the file allows everything; one that cannot say at the moment is asked another time (RFC 9309). */
async function askRobots(fetch: GuardedFetch, page: URL, signal: AbortSignal): Promise<void> {
  const { status, body } = await fetch(new URL('/robots.txt', page).href, {
    headers: { accept: 'text/plain', 'user-agent': userAgent },
    signal,
    timeoutMs: null,
  })
  if (status >= 500) {
    body.on('error', () => {}).destroy()
    throw refuseField(
      ['url'],
      'unreachable',
      `${page.host} could not say what may be read (robots.txt: ${status}). Try again later.`,
    )
  }
  if (status < 200 || status > 299) {
    body.on('error', () => {}).destroy()
    return
  }
  const robots = Buffer.from(await readStart(body, robotsLimit)).toString('utf8')
  if (isAllowedBy(robots, page.pathname + page.search)) return
  throw refuseField(
    ['url'],
    'robots',
    `${page.host} asks programs not to read this address (robots.txt). Ask its owner, or send the document itself.`,
  )
}

async function readAll(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of body) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** The rest of a longer file is not asked for. */
async function readStart(body: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let count = 0
  for await (const piece of body) {
    pieces.push(piece)
    count += piece.byteLength
    if (count >= limitBytes) break
  }
  return Buffer.concat(pieces).subarray(0, limitBytes)
}
