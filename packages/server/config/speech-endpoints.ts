import { ConfigError } from './parse-value.ts'

/** An endpoint that speaks: OpenAI's `/audio/speech`. */
export interface VoiceEndpoint {
  /** Without a trailing slash; `/audio/speech` comes behind it. */
  baseUrl: string
  apiKey: string | null
  model: string
  /** The voice of agents that name none. */
  voice: string
}

/** An endpoint that listens: OpenAI's `/audio/transcriptions`. */
export interface EarsEndpoint {
  /** Without a trailing slash; `/audio/transcriptions` comes behind it. */
  baseUrl: string
  apiKey: string | null
  model: string
}

/** Where speech is made and understood; null where nothing is configured. */
export interface SpeechEndpoints {
  voice: VoiceEndpoint | null
  ears: EarsEndpoint | null
}

/** As they come: text, or unset. */
export type SpeechSettings = Record<
  | 'PARLOR_TTS_BASE_URL'
  | 'PARLOR_TTS_API_KEY'
  | 'PARLOR_TTS_MODEL'
  | 'PARLOR_TTS_VOICE'
  | 'PARLOR_STT_BASE_URL'
  | 'PARLOR_STT_API_KEY'
  | 'PARLOR_STT_MODEL',
  string | undefined
>

/** Every compatible server has it, if only as another name of its own first voice. */
const usualVoice = 'alloy'

/** @throws ConfigError with one sentence that holds no secret. */
export function parseSpeech(env: SpeechSettings): SpeechEndpoints {
  const { PARLOR_TTS_VOICE: voice } = env
  const tts = parseEndpoint('PARLOR_TTS', env.PARLOR_TTS_BASE_URL, env.PARLOR_TTS_API_KEY, env.PARLOR_TTS_MODEL)
  const stt = parseEndpoint('PARLOR_STT', env.PARLOR_STT_BASE_URL, env.PARLOR_STT_API_KEY, env.PARLOR_STT_MODEL)
  if (tts === null && voice !== undefined) throw unset('PARLOR_TTS')
  return { voice: tts && { ...tts, voice: voice ?? usualVoice }, ears: stt }
}

type Family = 'PARLOR_TTS' | 'PARLOR_STT'

function parseEndpoint(
  family: Family,
  address: string | undefined,
  apiKey: string | undefined,
  model: string | undefined,
): EarsEndpoint | null {
  if (address === undefined) {
    if (apiKey === undefined && model === undefined) return null
    throw unset(family)
  }
  const baseUrl = parseBaseUrl(family, address)
  if (model === undefined) {
    throw new ConfigError(`${family}_MODEL is not set: write the name of a model that ${family}_BASE_URL serves.`)
  }
  if (apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new ConfigError(`${family}_API_KEY holds a space or a sign that no key has: write the key alone.`)
  }
  return { baseUrl, apiKey: apiKey ?? null, model }
}

function unset(family: Family): ConfigError {
  return new ConfigError(
    `${family}_BASE_URL is not set: write the address of the endpoint, such as http://127.0.0.1:8000/v1.`,
  )
}

/** The value is not repeated in the error: people put keys into addresses. */
function parseBaseUrl(family: Family, text: string): string {
  const url = URL.parse(text)
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && !url.search && !url.hash
  if (isPlain && !url.username && !url.password) return url.href.replace(/\/+$/, '')
  throw new ConfigError(
    `${family}_BASE_URL is no plain http or https address: write one such as https://api.openai.com/v1, and the key into ${family}_API_KEY.`,
  )
}
