import { type NamedEndpoint, parseNamedEndpoint, unsetEndpoint } from './named-endpoint.ts'
import { ConfigError } from './parse-value.ts'

/** An endpoint that speaks: OpenAI's `/audio/speech`. */
export interface VoiceEndpoint extends NamedEndpoint {
  /** The voice of agents that name none. */
  voice: string
}

/** An endpoint that listens: OpenAI's `/audio/transcriptions`. */
export interface EarsEndpoint extends NamedEndpoint {
  /** What people speak, as ISO 639-1; null: the model finds that out with each utterance. */
  language: string | null
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
  | 'PARLOR_STT_MODEL'
  | 'PARLOR_STT_LANGUAGE',
  string | undefined
>

/** Every compatible server has it, if only as another name of its own first voice. */
const usualVoice = 'alloy'

/** @throws ConfigError with one sentence that holds no secret. */
export function parseSpeech(env: SpeechSettings): SpeechEndpoints {
  const { PARLOR_TTS_VOICE: voice, PARLOR_STT_LANGUAGE: language } = env
  const tts = parseNamedEndpoint('PARLOR_TTS', env.PARLOR_TTS_BASE_URL, env.PARLOR_TTS_API_KEY, env.PARLOR_TTS_MODEL)
  const stt = parseNamedEndpoint('PARLOR_STT', env.PARLOR_STT_BASE_URL, env.PARLOR_STT_API_KEY, env.PARLOR_STT_MODEL)
  if (tts === null && voice !== undefined) throw unsetEndpoint('PARLOR_TTS')
  if (stt === null && language !== undefined) throw unsetEndpoint('PARLOR_STT')
  if (language !== undefined && !/^[a-z]{2}$/.test(language)) {
    throw new ConfigError('PARLOR_STT_LANGUAGE is no code of a language: write its two letters, such as de.')
  }
  return { voice: tts && { ...tts, voice: voice ?? usualVoice }, ears: stt && { ...stt, language: language ?? null } }
}
