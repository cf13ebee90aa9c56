import type { Mouth } from './face.ts'

/** What the mouth does while something is said. */
export interface MouthTrack {
  /** The mouth at this moment of the utterance, in milliseconds from its beginning. */
  at(ms: number): Mouth
  /** Words said by then: those whose last sound is over. */
  wordsBy(ms: number): number
  /** How long it takes, as far as is known. */
  totalMs(): number
}

export const mouthAtRest: Mouth = { open: 0, shape: 'rest' }
