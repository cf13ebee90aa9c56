import type { Sound, SpeechWish, Voice } from '@parlor/conversation/speech'
import { carefulFetch, type Fetch } from './careful-fetch.ts'
import { decodeSpeech, type SpeechFormat } from './speech-decoding.ts'
import { asSpeechFault, SpeechFault } from './speech-fault.ts'
import { readInTime, startWait } from './speech-wait.ts'

/** Where speech is made. Operators choose it; nothing a visitor, a document or a model says does. */
export interface SpeechEndpoint {
  /** Without a trailing slash; `/audio/speech` comes behind it. */
  baseUrl: string
  apiKey: string | null
  model: string
  /** The voice of whoever names none, or one the endpoint does not know. */
  voice: string
  fetch?: Fetch
  timeouts?: SpeechTimeouts
}

/** How long an endpoint may take over one text, in milliseconds. */
export interface SpeechTimeouts {
  /** Until its first sound. */
  firstMs: number
  /** Between two pieces. */
  idleMs: number
  /** In all, without the time in which nobody asks for more. */
  totalMs: number
}

interface Attempt {
  voice: string
  format: SpeechFormat
}

const usualTimeouts: SpeechTimeouts = { firstMs: 10_000, idleMs: 5_000, totalMs: 60_000 }
/** OpenAI's own limit; the rest of a longer text is not spoken. */
const longestText = 4_096
const longestName = 128
/** Customers name voices, so that there is no end of names. */
const mostUnknown = 64
/** What is the same whatever is asked for: the key, too many requests, a gateway. */
const hopeless: ReadonlySet<number> = new Set([401, 402, 403, 429, 502, 503, 504])

/**
 * The voice behind `/audio/speech` of an OpenAI-compatible endpoint. It is asked for bare samples, and where it has none, for
 * WAV; a voice it does not know is spoken by its usual one. Both are remembered. @throws SpeechFault, or the signal's reason.
 */
export function speechVoice(endpoint: SpeechEndpoint): Voice {
  const ask = { ...endpoint, fetch: carefulFetch(endpoint.fetch) }
  const unknown = new Set<string>()
  let formats: readonly SpeechFormat[] = ['pcm', 'wav']

  const attempts = (named: string | null): Attempt[] => {
    const wanted = named?.slice(0, longestName) ?? endpoint.voice
    const voices = unknown.has(wanted) ? [endpoint.voice] : [...new Set([wanted, endpoint.voice])]
    return voices.flatMap((voice) => formats.map((format) => ({ voice, format })))
  }
  const remember = (worked: Attempt, wanted: string | null) => {
    formats = worked.format === 'wav' ? ['wav'] : ['pcm', 'wav']
    if (wanted !== null && worked.voice !== wanted && unknown.size < mostUnknown)
      unknown.add(wanted.slice(0, longestName))
  }

  async function* synthesize(wish: SpeechWish, signal: AbortSignal): AsyncGenerator<Sound> {
    signal.throwIfAborted()
    const text = wish.text.trim().slice(0, longestText)
    if (text === '') return
    let fault = new SpeechFault('speech', 'silent')
    for (const attempt of attempts(wish.voiceName)) {
      let hasSound = false
      try {
        for await (const sound of speakOnce(ask, attempt, text, signal)) {
          if (!hasSound) remember(attempt, wish.voiceName)
          hasSound = true
          yield sound
        }
        if (hasSound) return
      } catch (error) {
        signal.throwIfAborted()
        fault = asSpeechFault('speech', error)
        if (hasSound || !mayPassOtherwise(fault)) throw fault
      }
    }
    throw fault
  }
  return { synthesize }
}

/** Whether another format or another voice may help. */
function mayPassOtherwise({ kind, statusCode = 0 }: SpeechFault): boolean {
  return kind === 'broken' || (kind === 'refused' && statusCode >= 400 && !hopeless.has(statusCode))
}

async function* speakOnce(
  { baseUrl, apiKey, model, fetch = globalThis.fetch, timeouts = usualTimeouts }: SpeechEndpoint,
  { voice, format }: Attempt,
  text: string,
  outer: AbortSignal,
): AsyncGenerator<Sound> {
  const wait = startWait('speech', timeouts.totalMs, outer)
  try {
    const begun = performance.now()
    const asked = fetch(`${baseUrl}/audio/speech`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(apiKey !== null && { authorization: `Bearer ${apiKey}` }) },
      body: JSON.stringify({ model, voice, input: text, response_format: format }),
      signal: wait.signal,
    })
    const { body, headers } = await wait.within(timeouts.firstMs, asked)
    if (body === null) throw new SpeechFault('speech', 'silent')
    const firstMs = Math.max(1, timeouts.firstMs - (performance.now() - begun))
    const pieces = readInTime(body, wait, { firstMs, idleMs: timeouts.idleMs })
    yield* decodeSpeech(pieces, format, headers.get('content-type') ?? '')
  } finally {
    wait.stop()
  }
}
