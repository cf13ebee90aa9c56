import type { Sound } from '../speech/index.ts'

/** How loud a sound is, 20 ms by 20 ms. */
export interface Levels {
  hear(sound: Sound): void
  /** How many there are. */
  count(): number
  /** From 0 for silence to 1 for the loudest of this voice. */
  loudness(index: number): number
  isSilent(index: number): boolean
  /** Whether it hisses, as an s does: its sign changes often. */
  hisses(index: number): boolean
}

export const levelMs = 20

/** A voice below this is taken to be a quiet one rather than a loud silence; of 32,768. */
const quietVoice = 900
const silence = { share: 0.07, most: 400 }
const hissing = 0.32

export function readLevels(): Levels {
  const power: number[] = []
  const crossings: number[] = []
  let loudest = quietVoice
  let sum = 0
  let signs = 0
  let taken = 0
  let before = 0

  const close = () => {
    const rms = Math.sqrt(sum / taken)
    power.push(rms)
    crossings.push(signs / taken)
    loudest = Math.max(loudest, rms)
    sum = 0
    signs = 0
    taken = 0
  }
  return {
    hear({ samples, rate }) {
      const window = Math.round((rate * levelMs) / 1000)
      for (let at = 0; at < samples.length; at += 1) {
        const sample = samples[at] as number
        sum += sample * sample
        if (sample < 0 !== before < 0) signs += 1
        before = sample
        taken += 1
        if (taken >= window) close()
      }
    },
    count: () => power.length,
    loudness: (index) => Math.min(1, (power[index] ?? 0) / loudest) ** 0.75,
    isSilent: (index) => (power[index] ?? 0) < Math.min(silence.most, loudest * silence.share),
    hisses: (index) => (crossings[index] ?? 0) > hissing,
  }
}
