import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import type { Sound } from '../speech/index.ts'
import { followSound } from './mouth-fused.ts'

const text = 'Mama. Bob may pay my mum.'
const wav = spawnSync('espeak-ng', ['--stdout', '-v', 'en', text]).stdout

function soundOf(file: Buffer): Sound {
  const samples = new Int16Array((file.length - 44) >> 1).map((_, at) => file.readInt16LE(44 + at * 2))
  return { samples, rate: file.readUInt32LE(24) }
}

test.skipIf(!wav?.length)(
  'lips follow a real voice: shut for its m and b, at rest in its pauses, open where it is loud',
  () => {
    const { samples, rate } = soundOf(wav)
    const track = followSound(text)
    for (let at = 0; at < samples.length; at += 1000) track.hear({ samples: samples.subarray(at, at + 1000), rate })
    track.end()
    expect(track.totalMs()).toBeCloseTo((samples.length / rate) * 1000, 3)

    const moments = Array.from({ length: Math.floor(track.totalMs() / 10) }, (_, at) => ({
      mouth: track.at(at * 10),
      loudness: loudnessAt({ samples, rate }, at * 10),
    }))
    const loud = moments.filter(({ loudness }) => loudness > 4000)
    const silent = moments.filter(({ loudness }) => loudness < 50)
    expect(loud.length).toBeGreaterThan(30)
    expect(silent.length).toBeGreaterThan(30)
    // An m is loud as well, with shut lips.
    expect(meanOpening(loud)).toBeGreaterThan(0.25)
    expect(meanOpening(silent)).toBeLessThan(0.08)
    const presses = moments.filter(
      ({ mouth }, at) => mouth.shape === 'pressed' && moments[at - 1]?.mouth.shape !== 'pressed',
    )
    expect(presses.length).toBeGreaterThanOrEqual(7)
  },
)

function loudnessAt({ samples, rate }: Sound, ms: number): number {
  const middle = Math.round((ms * rate) / 1000)
  const near = samples.subarray(Math.max(0, middle - 220), middle + 220)
  return Math.sqrt(near.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, near.length))
}

function meanOpening(moments: readonly { mouth: { open: number } }[]): number {
  return moments.reduce((sum, { mouth }) => sum + mouth.open, 0) / moments.length
}
