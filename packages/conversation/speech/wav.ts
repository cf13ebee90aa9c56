import { bytesOf, type PcmShape, readPcm } from './pcm.ts'
import type { Sound } from './voice.ts'

/** Far more than a header with all its notes takes. */
const longestHeader = 65_536
const mostChannels = 8
const [lowestRate, highestRate] = [4_000, 192_000]
const headerBytes = 44
const [plainPcm, extensible] = [1, 0xfffe]

/** A WAV file (RIFF, 16-bit PCM, one channel) of this sound. */
export function writeWav({ samples, rate }: Sound): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(headerBytes + samples.length * 2)
  const view = new DataView(file.buffer)
  const name = (at: number, text: string) => file.set(new TextEncoder().encode(text), at)
  name(0, 'RIFF')
  view.setUint32(4, file.length - 8, true)
  name(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, plainPcm, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  name(36, 'data')
  view.setUint32(40, samples.length * 2, true)
  file.set(bytesOf(samples), headerBytes)
  return file
}

/**
 * Reads a WAV as it comes, with the rate its header names. The lengths in the header are believed only where the stream is
 * longer: whoever streams writes them before it knows them. @throws Error when it is no WAV of 16-bit PCM.
 */
export async function* readWav(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Sound> {
  const source = pieces[Symbol.asyncIterator]()
  try {
    const { shape, data, length } = await readHeader(source)
    yield* readPcm(cutAt(length, data, source), shape)
  } finally {
    await source.return?.()
  }
}

interface Header {
  shape: PcmShape
  /** What came behind the header so far. */
  data: Uint8Array
  /** How many bytes of sound the header promises. */
  length: number
}

async function readHeader(source: AsyncIterator<Uint8Array>): Promise<Header> {
  let head: Uint8Array = new Uint8Array(0)
  while (head.length < longestHeader) {
    const { done, value } = await source.next()
    if (done) break
    head = joined(head, value)
    const header = parseHeader(head)
    if (header) return header
  }
  throw new Error('a WAV without sound')
}

/** Null where more is needed. */
function parseHeader(head: Uint8Array): Header | null {
  if (head.length < 12) return null
  if (nameAt(head, 0) !== 'RIFF' || nameAt(head, 8) !== 'WAVE') throw new Error('no WAV')
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  let shape: PcmShape | null = null
  for (let at = 12; at + 8 <= head.length; ) {
    const [chunk, length, begin] = [nameAt(head, at), view.getUint32(at + 4, true), at + 8]
    if (chunk === 'data') {
      if (shape === null) throw new Error('a WAV that does not say how it lies')
      return { shape, data: head.subarray(begin), length: length === 0 ? Number.POSITIVE_INFINITY : length }
    }
    if (chunk === 'fmt ') {
      if (begin + 16 > head.length) return null
      shape = parseShape(view, begin)
    }
    at = begin + length + (length % 2)
  }
  return null
}

function parseShape(view: DataView, at: number): PcmShape {
  const format = view.getUint16(at, true)
  const channels = view.getUint16(at + 2, true)
  const rate = view.getUint32(at + 4, true)
  const bits = view.getUint16(at + 14, true)
  const isPcm = (format === plainPcm || format === extensible) && bits === 16
  if (rate < lowestRate || rate > highestRate) throw new Error('a WAV with no rate of sound')
  if (!isPcm || channels < 1 || channels > mostChannels) throw new Error('a WAV that is no 16-bit PCM')
  return { rate, channels }
}

async function* cutAt(length: number, first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left = length
  let piece = first
  while (left > 0) {
    yield piece.subarray(0, left)
    left -= piece.length
    const { done, value } = await rest.next()
    if (done) return
    piece = value
  }
}

function nameAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
