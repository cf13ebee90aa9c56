import type { Sound } from './voice.ts'

const [lowestRate, highestRate] = [4_000, 192_000]
/** Zero crossings of the sinc on either side: enough that no ear finds the seams of speech. */
const crossings = 10
/** Positions between two samples that have weights of their own; the usual rates need at most 441. */
const mostPhases = 1024
/** The share of the band that passes; the rest is the slope, which would fold back as noise. */
const passed = 0.94

/** Makes sound of one rate of stretches that follow each other. */
export interface Resampler {
  /** All that can be said before the next stretch is known, some 0.5 ms less than came. */
  take(samples: Int16Array): Int16Array
  /** The rest. */
  end(): Int16Array
}

/** A whole sound at another rate. @throws RangeError for a rate outside 4,000 to 192,000 samples a second. */
export function toRate(sound: Sound, rate: number): Sound {
  if (sound.rate === rate) return sound
  const resampler = createResampler(sound.rate, rate)
  const [begin, rest] = [resampler.take(sound.samples), resampler.end()]
  const samples = new Int16Array(begin.length + rest.length)
  samples.set(begin)
  samples.set(rest, begin.length)
  return { samples, rate }
}

/** A stream of sound at one rate, without seams, whatever the rates of its stretches are. @throws as `toRate`. */
export async function* streamAtRate(sounds: AsyncIterable<Sound>, rate: number): AsyncGenerator<Sound> {
  let from = rate
  let resampler: Resampler | null = null
  const give = (samples: Int16Array): Sound[] => (samples.length === 0 ? [] : [{ samples, rate }])
  for await (const sound of sounds) {
    if (sound.rate !== from) {
      if (resampler) yield* give(resampler.end())
      from = sound.rate
      resampler = from === rate ? null : createResampler(from, rate)
    }
    yield* give(resampler ? resampler.take(sound.samples) : sound.samples)
  }
  if (resampler) yield* give(resampler.end())
}

/** From one rate to another by a windowed sinc. @throws RangeError for a rate outside 4,000 to 192,000 samples a second. */
export function createResampler(from: number, to: number): Resampler {
  for (const rate of [from, to]) {
    if (!Number.isInteger(rate) || rate < lowestRate || rate > highestRate)
      throw new RangeError(`no rate of sound: ${rate}`)
  }
  const weights = weighPhases(from, to)
  const { reach } = weights
  // Silence before the first sample, so that the first one has neighbours.
  let held: Int16Array = new Int16Array(reach)
  let taken = 0
  let given = 0
  // Where sample `given` of the result lies, counted from the beginning of `held`, in steps of 1/to.
  let at = reach * to
  const resample = (samples: Int16Array, mostGiven: number): Int16Array => {
    const input = joined(held, samples)
    const last = (input.length - reach) * to
    const count = Math.max(0, Math.min(Math.ceil((last - at) / from), mostGiven - given))
    const output = new Int16Array(count)
    for (let i = 0; i < count; i += 1, at += from) output[i] = weigh(input, at, to, weights)
    given += count
    const done = Math.min(Math.max(0, Math.floor(at / to) - reach), input.length)
    held = input.slice(done)
    at -= done * to
    return output
  }
  return {
    take(samples) {
      taken += samples.length
      return resample(samples, Number.POSITIVE_INFINITY)
    },
    end: () => resample(new Int16Array(reach * 2), Math.round((taken * to) / from)),
  }
}

interface Weights {
  /** Samples on either side that count. */
  reach: number
  phases: number
  /** For each phase, 2 x reach weights. */
  table: Float64Array
}

function weighPhases(from: number, to: number): Weights {
  const phases = Math.min(to / commonDivisor(from, to), mostPhases)
  const band = Math.min(1, to / from) * passed
  const reach = Math.ceil(crossings / Math.min(1, to / from))
  const table = new Float64Array(phases * reach * 2)
  for (let phase = 0; phase < phases; phase += 1) {
    const row = table.subarray(phase * reach * 2, (phase + 1) * reach * 2)
    for (let k = 0; k < row.length; k += 1) row[k] = windowedSinc(k - reach + 1 - phase / phases, reach, band)
    // What does not change must stay as loud as it is.
    const sum = row.reduce((total, weight) => total + weight, 0)
    for (let k = 0; k < row.length; k += 1) row[k] = (row[k] ?? 0) / sum
  }
  return { reach, phases, table }
}

function windowedSinc(distance: number, reach: number, band: number): number {
  if (Math.abs(distance) >= reach) return 0
  const x = Math.PI * distance * band
  const sinc = x === 0 ? 1 : Math.sin(x) / x
  return sinc * (0.5 + 0.5 * Math.cos((Math.PI * distance) / reach))
}

function weigh(input: Int16Array, at: number, to: number, { reach, phases, table }: Weights): number {
  const before = Math.floor(at / to)
  const row = Math.floor(((at % to) * phases) / to) * reach * 2
  let sum = 0
  for (let k = 0; k < reach * 2; k += 1) sum += (input[before - reach + 1 + k] ?? 0) * (table[row + k] ?? 0)
  return Math.max(-32_768, Math.min(32_767, Math.round(sum)))
}

function joined(a: Int16Array, b: Int16Array): Int16Array {
  const both = new Int16Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}
