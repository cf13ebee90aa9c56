import { describe, expect, it } from 'vitest'
import { readPcm } from './pcm.ts'
import { collect } from './testing/collect.ts'
import { readWav, writeWav } from './wav.ts'

const samples = Int16Array.from({ length: 1_000 }, (_, i) => (i * 7919) % 65_536)

async function* inPieces(bytes: Uint8Array, length: number) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.slice(at, at + length)
}

async function read(bytes: Uint8Array, length = 7) {
  const sounds = await collect(readWav(inPieces(bytes, length)))
  return { rate: sounds[0]?.rate, samples: Int16Array.from(sounds.flatMap((sound) => [...sound.samples])) }
}

/** The file with another chunk before its sound. */
function withNote(wav: Uint8Array, note: string): Uint8Array {
  const chunk = new Uint8Array([
    ...new TextEncoder().encode('LIST'),
    note.length,
    0,
    0,
    0,
    ...new TextEncoder().encode(note),
  ])
  return new Uint8Array([...wav.slice(0, 36), ...chunk, ...(note.length % 2 ? [0] : []), ...wav.slice(36)])
}

describe('a WAV', () => {
  it.each([1, 2, 3, 44, 45, 999, 10_000])('is read as it was written, in pieces of %i bytes', async (length) => {
    const file = writeWav({ samples, rate: 22_050 })
    expect(file).toHaveLength(2_044)
    expect(await read(file, length)).toEqual({ rate: 22_050, samples })
  })

  it('may hold notes before its sound and behind it', async () => {
    const file = withNote(writeWav({ samples, rate: 8_000 }), 'a note')
    expect(await read(file)).toEqual({ rate: 8_000, samples })
    expect(await read(withNote(writeWav({ samples, rate: 8_000 }), 'odd'))).toEqual({ rate: 8_000, samples })
    expect(await read(new Uint8Array([...file, ...new TextEncoder().encode('LIST....')]), 5)).toEqual({
      rate: 8_000,
      samples,
    })
  })

  it.each([0, 0x7ffff000, 0xffffffff])('may not know yet how long it will be (%i)', async (length) => {
    const file = writeWav({ samples, rate: 24_000 })
    new DataView(file.buffer).setUint32(40, length, true)
    expect((await read(file)).samples).toEqual(samples)
  })

  it('of two channels becomes one', async () => {
    const file = writeWav({ samples: Int16Array.from([100, 200, -5, 5, 32_767, 32_767]), rate: 24_000 })
    new DataView(file.buffer).setUint16(22, 2, true)
    expect((await read(file)).samples).toEqual(Int16Array.from([150, 0, 32_767]))
  })

  it.each<[string, (view: DataView) => void]>([
    ['eight bits', (view) => view.setUint16(34, 8, true)],
    ['floats', (view) => view.setUint16(20, 3, true)],
    ['no rate', (view) => view.setUint32(24, 0, true)],
    ['a rate of dreams', (view) => view.setUint32(24, 4_000_000, true)],
    ['no channel', (view) => view.setUint16(22, 0, true)],
    ['another kind of file', (view) => view.setUint8(0, 0)],
    ['no shape', (view) => view.setUint8(12, 0)],
    ['no sound', (view) => view.setUint8(36, 0)],
  ])('of %s is refused', async (_, spoil) => {
    const file = writeWav({ samples, rate: 24_000 })
    spoil(new DataView(file.buffer))
    await expect(read(file)).rejects.toThrow()
  })

  it('whose header never ends is given up, and its source let go of', async () => {
    let [given, isClosed] = [0, false]
    async function* endless() {
      try {
        yield writeWav({ samples, rate: 24_000 }).slice(0, 36)
        for (;;) {
          given += 1
          yield new Uint8Array(10_000)
        }
      } finally {
        isClosed = true
      }
    }
    await expect(collect(readWav(endless()))).rejects.toThrow()
    expect(given).toBeLessThan(10)
    expect(isClosed).toBe(true)
  })
})

it('bytes cut amid a sample are the same sound, and one left over is dropped', async () => {
  const bytes = new Uint8Array([...new Uint8Array(samples.buffer), 9])
  for (const length of [1, 3, 5, 1_001]) {
    const sounds = await collect(readPcm(inPieces(bytes, length), { rate: 24_000, channels: 1 }))
    expect(Int16Array.from(sounds.flatMap((sound) => [...sound.samples]))).toEqual(samples)
  }
})
