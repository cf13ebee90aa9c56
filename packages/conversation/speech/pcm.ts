import type { Sound } from './voice.ts'

/** How sound lies in a stream of bytes: signed 16-bit samples, low byte first, as in every machine Node runs well on. */
export interface PcmShape {
  rate: number
  channels: number
}

/** Reads sound out of bytes cut anywhere, also amid a sample. Several channels become one; an odd byte at the end is dropped. */
export async function* readPcm(pieces: AsyncIterable<Uint8Array>, shape: PcmShape): AsyncGenerator<Sound> {
  const join = joinSamples(shape.channels)
  for await (const piece of pieces) {
    const samples = join(piece)
    if (samples.length > 0) yield { samples, rate: shape.rate }
  }
}

/** Samples as they lie in a stream; the same memory. */
export function bytesOf(samples: Int16Array): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
}

/** Takes bytes, gives whole samples of one channel, and keeps the bytes of a sample that goes on in the next piece. */
function joinSamples(channels: number): (piece: Uint8Array) => Int16Array {
  const frameBytes = 2 * channels
  let kept = new Uint8Array(0)
  return (piece) => {
    const bytes = new Uint8Array(kept.length + piece.length)
    bytes.set(kept)
    bytes.set(piece, kept.length)
    const whole = bytes.length - (bytes.length % frameBytes)
    kept = bytes.slice(whole)
    const all = new Int16Array(bytes.buffer, 0, whole / 2)
    return channels === 1 ? all : mixDown(all, channels)
  }
}

function mixDown(all: Int16Array, channels: number): Int16Array {
  const mixed = new Int16Array(all.length / channels)
  for (let i = 0; i < mixed.length; i += 1) {
    let sum = 0
    for (let channel = 0; channel < channels; channel += 1) sum += all[i * channels + channel] ?? 0
    mixed[i] = sum / channels
  }
  return mixed
}
