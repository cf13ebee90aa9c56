import type { Sound } from '../speech/index.ts'
import type { Mouth } from './face.ts'
import { type MouthTrack, mouthAtRest } from './mouth.ts'
import { alignPhrases, type Place } from './mouth-align.ts'
import { lengthOf } from './mouth-clock.ts'
import { type Levels, levelMs, readLevels } from './mouth-levels.ts'
import { type MouthScript, readScript, type ScriptSound, soundAt, wordsAt } from './mouth-script.ts'

/** The mouth of a sound that is still coming. */
export interface HeardMouth extends MouthTrack {
  hear(sound: Sound): void
  /** No more comes: from now on it is known how long it is. */
  end(): void
}

/**
 * Lip sync from a sound and its text (`realtime.md` B, "fused"): how loud it is opens the mouth, the text gives the lips their
 * shape, stretched over what is not silence and, once all is known, from pause to pause. Without a text (null) the lips follow
 * the sound alone.
 */
export function followSound(text: string | null): HeardMouth {
  const levels = readLevels()
  const script = readScript(text ?? '')
  let heardMs = 0
  let isWhole = false
  let place: Place = () => null
  let placedAt = -1
  const placeNow = (): Place => {
    if (placedAt !== levels.count()) {
      placedAt = levels.count()
      place = alignPhrases(levels, script, isWhole)
    }
    return place
  }

  return {
    hear(sound) {
      levels.hear(sound)
      heardMs += (sound.samples.length / sound.rate) * 1000
    },
    end() {
      isWhole = true
      placedAt = -1
    },
    at(ms) {
      const index = Math.floor(ms / levelMs)
      if (index >= levels.count()) return mouthAtRest
      if (text === null) return byEar(levels, index)
      const found = placeNow()(index)
      return found === null ? mouthAtRest : fuse(levels, index, soundAt(script, found))
    },
    wordsBy(ms) {
      if (isWhole && ms >= heardMs) return script.words
      const index = Math.min(Math.floor(ms / levelMs), levels.count() - 1)
      return index < 0 ? 0 : wordsUntil(placeNow(), index, script)
    },
    totalMs: () => (isWhole ? heardMs : Math.max(heardMs, lengthOf(script))),
  }
}

function wordsUntil(place: Place, index: number, script: MouthScript): number {
  for (let at = index; at >= 0; at -= 1) {
    const found = place(at)
    // In a pause, what was said before it is over.
    if (found !== null) return wordsAt(script, at === index ? found : found + 1)
  }
  return 0
}

/** Measured against the phonemes and times of a real voice: less than half or more than three quarters is worse. */
const loudnessShare = 0.65

function fuse(levels: Levels, index: number, sound: ScriptSound | null): Mouth {
  const loudness = smooth(levels, index)
  if (sound === null) return { shape: 'rest', open: loudness * 0.6 }
  if (sound.shape === 'pressed') return { shape: 'pressed', open: 0 }
  // Between two sounds of a word there may be a moment of silence: the lips stay on their way.
  if (levels.isSilent(index)) return { shape: sound.shape, open: sound.open * 0.2 }
  return { shape: sound.shape, open: loudness * loudnessShare + sound.open * (1 - loudnessShare) }
}

function byEar(levels: Levels, index: number): Mouth {
  if (levels.isSilent(index)) return mouthAtRest
  const loudness = smooth(levels, index)
  return { shape: levels.hisses(index) ? 'wide' : 'rest', open: levels.hisses(index) ? 0.2 : loudness * 0.85 }
}

/** A mouth is slower than a sound. */
function smooth(levels: Levels, index: number): number {
  const [before, here, after] = [index - 1, index, index + 1].map((at) => levels.loudness(at)) as [
    number,
    number,
    number,
  ]
  return before * 0.25 + here * 0.5 + after * 0.25
}
