import type { Sound } from './voice.ts'

/** Makes words of sound. */
export interface Ears {
  /** One utterance, whole. An empty text is one in which nothing was said. @throws when nobody could listen. */
  transcribe(sound: Sound, language: string | null, signal: AbortSignal): Promise<string>
}
