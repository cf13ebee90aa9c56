import { type Ears, type Sound, toRate, writeWav } from '@parlor/conversation/speech'
import { carefulFetch, type Fetch } from './careful-fetch.ts'
import { asSpeechFault, SpeechFault } from './speech-fault.ts'
import { startWait } from './speech-wait.ts'

/** Where speech is understood. Operators choose it; nothing a visitor, a document or a model says does. */
export interface TranscriptionEndpoint {
  /** Without a trailing slash; `/audio/transcriptions` comes behind it. */
  baseUrl: string
  apiKey: string | null
  model: string
  /** What people speak where nobody says otherwise, as ISO 639-1; null: the model finds that out. */
  language?: string | null
  fetch?: Fetch
  /** How long it may take over one utterance, in milliseconds. */
  timeoutMs?: number
}

const usualTimeoutMs = 30_000
const sentRate = 16_000
const longestSeconds = 120
/** Endpoints refuse what is shorter, and nobody says anything in it. */
const shortestSeconds = 0.1
const longestText = 4_096
/** What models write where they heard no words: `[BLANK_AUDIO]`, `(music)`, `♪`. */
const noWords = /^(?:\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|♪[^♪]*♪?)$/

/**
 * The ears behind `/audio/transcriptions` of an OpenAI-compatible endpoint. They need nothing of the answer but its `text`. Of
 * a sound of more than two minutes they hear the beginning. @throws SpeechFault, or the signal's reason.
 */
export function transcriptionEars(endpoint: TranscriptionEndpoint): Ears {
  const ask = { ...endpoint, fetch: carefulFetch(endpoint.fetch) }
  return {
    async transcribe(sound, language, signal) {
      signal.throwIfAborted()
      if (sound.samples.length < sound.rate * shortestSeconds) return ''
      const begun = startWait('transcription', endpoint.timeoutMs ?? usualTimeoutMs, signal)
      try {
        const answer = await begun.within(
          Number.POSITIVE_INFINITY,
          listen(ask, sound, language ?? endpoint.language ?? null, begun.signal),
        )
        return readText(answer)
      } catch (error) {
        signal.throwIfAborted()
        throw asSpeechFault('transcription', error)
      } finally {
        begun.stop()
      }
    },
  }
}

async function listen(
  { baseUrl, apiKey, model, fetch = globalThis.fetch }: TranscriptionEndpoint,
  sound: Sound,
  language: string | null,
  signal: AbortSignal,
): Promise<string> {
  const response = await fetch(`${baseUrl}/audio/transcriptions`, {
    method: 'POST',
    headers: apiKey === null ? {} : { authorization: `Bearer ${apiKey}` },
    body: writeForm(model, sound, language),
    signal,
  })
  return response.text()
}

function writeForm(model: string, { samples, rate }: Sound, language: string | null): FormData {
  const heard = toRate({ samples: samples.subarray(0, longestSeconds * rate), rate }, sentRate)
  const form = new FormData()
  form.set('file', new Blob([writeWav(heard)], { type: 'audio/wav' }), 'utterance.wav')
  form.set('model', model)
  form.set('response_format', 'json')
  // ISO 639-1, which is all the standard allows.
  const code = /^([a-z]{2})(?:$|[-_])/i.exec(language ?? '')?.[1]
  if (code !== undefined) form.set('language', code.toLowerCase())
  return form
}

function readText(answer: string): string {
  const parsed: unknown = JSON.parse(answer)
  const text = typeof parsed === 'object' && parsed !== null && 'text' in parsed ? parsed.text : undefined
  if (typeof text !== 'string') throw new SpeechFault('transcription', 'broken')
  const said = text.trim().slice(0, longestText)
  return noWords.test(said) ? '' : said
}
