import { type NamedEndpoint, parseNamedEndpoint, unsetEndpoint } from './named-endpoint.ts'

/** An endpoint that speaks: OpenAI's `/audio/speech`. */
export interface VoiceEndpoint extends NamedEndpoint {
  /** The voice of agents that name none. */
  voice: string
}

/** An endpoint that listens: OpenAI's `/audio/transcriptions`. */
export type EarsEndpoint = NamedEndpoint

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
  const tts = parseNamedEndpoint('PARLOR_TTS', env.PARLOR_TTS_BASE_URL, env.PARLOR_TTS_API_KEY, env.PARLOR_TTS_MODEL)
  const stt = parseNamedEndpoint('PARLOR_STT', env.PARLOR_STT_BASE_URL, env.PARLOR_STT_API_KEY, env.PARLOR_STT_MODEL)
  if (tts === null && voice !== undefined) throw unsetEndpoint('PARLOR_TTS')
  return { voice: tts && { ...tts, voice: voice ?? usualVoice }, ears: stt }
}
