import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { createListener, type Heard, type Listener, listeningRate } from './create-listener.ts'
import { collect } from './testing/collect.ts'
import { toRate } from './to-rate.ts'
import { readWav } from './wav.ts'

/** Noise that is the same every time, as loud as a room with a fan (about -44 dB) at 300. */
function noise(ms: number, loud = 300): Int16Array {
  let seed = 42
  return Int16Array.from({ length: ms * 16 }, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return (seed / 2 ** 30 - 1) * loud
  })
}

/** A tone that swells and fades four times a second, as syllables do. */
function babble(ms: number, loud = 6_000): Int16Array {
  return noise(ms).map(
    (hiss, i) => hiss + loud * Math.sin(i * 0.08) * (0.55 + 0.45 * Math.sin((i * Math.PI * 2) / 4_000)),
  )
}

const silence = (ms: number) => new Int16Array(ms * 16)

/** Everything one after the other, in stretches of 20 ms unless told otherwise. */
function hear(listener: Listener, sounds: readonly Int16Array[], stretch = 320): Heard[] {
  const all = Int16Array.from(sounds.flatMap((sound) => [...sound]))
  const heard: Heard[] = []
  for (let at = 0; at < all.length; at += stretch) heard.push(...listener.hear(all.slice(at, at + stretch)))
  return heard
}

const types = (heard: readonly Heard[]) => heard.map(({ type }) => type)
const seconds = (heard: Heard | undefined) =>
  heard?.type === 'ended' ? heard.sound.samples.length / listeningRate : Number.NaN

describe('a listener', () => {
  it.each([0, 30, 300, 1_000])('finds each utterance in a room with noise of %i', (loud) => {
    const heard = hear(createListener(), [
      noise(1_000, loud),
      babble(1_500),
      noise(1_000, loud),
      babble(800),
      noise(1_000, loud),
    ])
    expect(types(heard)).toEqual(['started', 'ended', 'started', 'ended'])
    expect(seconds(heard[1])).toBeGreaterThan(1.6)
    expect(seconds(heard[1])).toBeLessThan(2.1)
    expect(seconds(heard[3])).toBeLessThan(1.4)
  })

  it('keeps what came just before and a little of what came after', () => {
    const [, ended] = hear(createListener(), [noise(1_000), babble(1_000), noise(1_000)])
    if (ended?.type !== 'ended') throw new Error('nothing was heard')
    const level = (from: number, to: number) =>
      ended.sound.samples.slice(from * 16, to * 16).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    expect(ended.sound.rate).toBe(16_000)
    expect(level(0, 200)).toBeLessThan(400)
    expect(level(320, 1_000)).toBeGreaterThan(4_000)
    expect(level(ended.sound.samples.length / 16 - 150, ended.sound.samples.length / 16)).toBeLessThan(400)
  })

  it('waits through a pause for breath, and 600 ms are its end', () => {
    const listener = createListener()
    expect(types(hear(listener, [noise(1_000), babble(600), noise(480), babble(600), noise(500)]))).toEqual(['started'])
    expect(types(hear(listener, [noise(140)]))).toEqual(['ended'])
  })

  it('tells how long somebody has been speaking', () => {
    const listener = createListener()
    hear(listener, [noise(1_000)])
    expect(listener.speechMs).toBe(0)
    hear(listener, [babble(500), noise(200)])
    expect(listener.speechMs).toBeGreaterThan(400)
    expect(listener.speechMs).toBeLessThanOrEqual(540)
    hear(listener, [noise(600)])
    expect(listener.speechMs).toBe(0)
  })

  it('takes what is too short for a word back, and never begins for a click', () => {
    expect(types(hear(createListener(), [noise(1_000), babble(110), noise(1_000)]))).toEqual(['started', 'cancelled'])
    expect(hear(createListener(), [noise(1_000), babble(40), noise(300), babble(40), noise(1_000)])).toEqual([])
  })

  it('is not kept waiting by clicks', () => {
    const clicks = Array.from({ length: 6 }, () => [noise(180), babble(20)]).flat()
    expect(types(hear(createListener(), [noise(1_000), babble(800), ...clicks]))).toEqual(['started', 'ended'])
  })

  it('hears through frames that were lost and came as silence', () => {
    const voice = babble(1_200)
    const torn = voice.map((sample, i) => (Math.floor(i / 320) % 4 === 3 ? 0 : sample))
    const heard = hear(createListener(), [noise(1_000), torn, noise(1_000)])
    expect(types(heard)).toEqual(['started', 'ended'])
    expect(seconds(heard[1])).toBeGreaterThan(1.3)
  })

  it('gets used to a machine that was switched on, and takes it back', () => {
    const listener = createListener()
    const heard = hear(listener, [noise(1_000, 100), noise(6_000, 3_000)])
    expect(types(heard)).toEqual(['started', 'cancelled'])
    expect(types(hear(listener, [babble(1_000, 25_000), noise(1_000, 3_000)]))).toEqual(['started', 'ended'])
  })

  it('hears whoever speaks from the first moment', () => {
    expect(types(hear(createListener(), [babble(1_000), silence(700)]))).toEqual(['started', 'ended'])
  })

  it('is given sixty seconds at most, and goes on behind them', () => {
    const heard = hear(createListener(), [noise(1_000), babble(70_000), noise(1_000)])
    expect(types(heard)).toEqual(['started', 'ended', 'started', 'ended'])
    expect(seconds(heard[1])).toBe(60)
    expect(seconds(heard[3])).toBeGreaterThan(10)
    expect(seconds(heard[3])).toBeLessThan(12)
  })

  it('hears the same in stretches of any length', () => {
    const sounds = [noise(1_000), babble(900), noise(900), babble(500), noise(900)]
    const wanted = hear(createListener(), sounds)
    for (const stretch of [1, 160, 441, 5_000]) expect(hear(createListener(), sounds, stretch)).toEqual(wanted)
    expect(types(wanted)).toEqual(['started', 'ended', 'started', 'ended'])
  })

  it('ends what goes on when nothing more will come', () => {
    const listener = createListener()
    expect(listener.end()).toEqual([])
    hear(listener, [noise(500), babble(900)])
    expect(types(listener.end())).toEqual(['ended'])
    expect(listener.end()).toEqual([])
    hear(listener, [noise(500), babble(120)])
    expect(types(listener.end())).toEqual(['cancelled'])
  })
})

const espeak = spawnSync('espeak-ng', ['--version']).status === 0
if (!espeak) console.log('skipped: real speech, since there is no espeak-ng on this machine')

describe.skipIf(!espeak)('a listener of real speech', () => {
  async function say(text: string): Promise<Int16Array> {
    const { stdout } = spawnSync('espeak-ng', ['--stdin', '--stdout', '-a', '60'], { input: text })
    async function* whole() {
      yield new Uint8Array(stdout)
    }
    const [sound] = await collect(readWav(whole()))
    if (!sound) throw new Error('nothing was said')
    return toRate(sound, listeningRate).samples
  }

  it.each([0, 30, 150])('tells two sentences apart over noise of %i', async (loud) => {
    const [first, second] = [await say('When does the museum open, and what is it?'), await say('And on Sunday?')]
    const over = (voice: Int16Array) => noise(voice.length / 16, loud).map((hiss, i) => hiss + (voice[i] ?? 0))
    const heard = hear(createListener(), [
      noise(700, loud),
      over(first),
      noise(900, loud),
      over(second),
      noise(900, loud),
    ])
    expect(types(heard)).toEqual(['started', 'ended', 'started', 'ended'])
    expect(seconds(heard[1])).toBeGreaterThan(first.length / listeningRate - 0.5)
    expect(seconds(heard[1])).toBeLessThan(first.length / listeningRate + 0.6)
    expect(seconds(heard[3])).toBeGreaterThan(0.5)
  })
})
