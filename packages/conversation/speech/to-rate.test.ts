import { describe, expect, it } from 'vitest'
import { collect } from './testing/collect.ts'
import { createResampler, streamAtRate, toRate } from './to-rate.ts'
import type { Sound } from './voice.ts'

function tone(hertz: number, rate: number, seconds: number, loud = 20_000): Int16Array {
  return Int16Array.from(
    { length: Math.round(rate * seconds) },
    (_, i) => loud * Math.sin((2 * Math.PI * hertz * i) / rate),
  )
}

/** How far the sound is from the tone, in dB below it; the beginning and the end have no neighbours and do not count. */
function distance(samples: Int16Array, wanted: Int16Array): number {
  let [error, power] = [0, 0]
  for (let i = 200; i < wanted.length - 200; i += 1) {
    error += ((samples[i] ?? 0) - (wanted[i] ?? 0)) ** 2
    power += (wanted[i] ?? 0) ** 2
  }
  return 10 * Math.log10(error / power)
}

const joined = (sounds: readonly Sound[]) => Int16Array.from(sounds.flatMap(({ samples }) => [...samples]))

async function streamed(sounds: readonly Sound[], rate: number): Promise<Sound[]> {
  async function* source() {
    yield* sounds
  }
  return collect(streamAtRate(source(), rate))
}

describe('sound at another rate', () => {
  it.each([
    [22_050, 24_000],
    [24_000, 16_000],
    [16_000, 24_000],
    [48_000, 24_000],
    [44_100, 24_000],
    [8_000, 24_000],
    [23_998, 24_000],
  ])('is the same tone (%i to %i)', (from, to) => {
    const { samples, rate } = toRate({ samples: tone(1_000, from, 0.5), rate: from }, to)
    expect(rate).toBe(to)
    expect(samples).toHaveLength(to / 2)
    expect(distance(samples, tone(1_000, to, 0.5))).toBeLessThan(-50)
  })

  it('holds nothing of what the lower rate cannot hold', () => {
    const { samples } = toRate({ samples: tone(11_000, 48_000, 0.5), rate: 48_000 }, 16_000)
    const loudest = samples.slice(200, -200).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    expect(loudest).toBeLessThan(100)
  })

  it('never runs over, and keeps what does not change as loud as it is', () => {
    const steady = toRate({ samples: new Int16Array(4_410).fill(32_767), rate: 44_100 }, 24_000)
    expect(steady.samples.slice(50, -50).every((sample) => sample >= 32_766)).toBe(true)
    const square = Int16Array.from({ length: 2_000 }, (_, i) => (i % 100 < 50 ? 32_767 : -32_768))
    expect(Math.min(...toRate({ samples: square, rate: 22_050 }, 24_000).samples.slice(3, 50))).toBeGreaterThan(20_000)
  })

  it('is the very sound where the rate is the same', () => {
    const sound = { samples: tone(440, 24_000, 0.1), rate: 24_000 }
    expect(toRate(sound, 24_000)).toBe(sound)
  })

  it.each([0, -1, Number.NaN, 1_000_000, 22_050.5])('of %d samples a second is none', (rate) => {
    expect(() => createResampler(rate, 24_000)).toThrow(RangeError)
    expect(() => createResampler(24_000, rate)).toThrow(RangeError)
  })
})

describe('a stream of sound', () => {
  it('has no seams, however it is cut', async () => {
    const whole = tone(700, 22_050, 0.4)
    const pieces: Sound[] = []
    for (let at = 0, length = 1; at < whole.length; at += length, length = (length * 7 + 3) % 997) {
      pieces.push({ samples: whole.slice(at, at + length), rate: 22_050 })
    }
    const sounds = await streamed(pieces, 24_000)
    expect(sounds.every(({ rate, samples }) => rate === 24_000 && samples.length > 0)).toBe(true)
    expect(joined(sounds)).toEqual(toRate({ samples: whole, rate: 22_050 }, 24_000).samples)
  })

  it('may change its rate on the way', async () => {
    const sounds = [22_050, 24_000, 16_000].map((rate) => ({ samples: tone(500, rate, 0.2), rate }))
    const all = joined(await streamed(sounds, 24_000))
    expect(all).toHaveLength(3 * 4_800)
    expect(distance(all.slice(4_800, 9_600), tone(500, 24_000, 0.2))).toBe(Number.NEGATIVE_INFINITY)
  })

  it('of nothing is nothing', async () => {
    expect(await streamed([], 24_000)).toEqual([])
    expect(await streamed([{ samples: new Int16Array(0), rate: 8_000 }], 24_000)).toEqual([])
  })
})
