import type { WordTable } from '@parlor/conversation/knowledge'

/**
 * The file of words: how many there are, how many numbers each has and how many bytes their names take (three 32-bit numbers,
 * little-endian); the names in ASCII, the commonest first, one line each; then the numbers, one byte each.
 */
const headBytes = 12
/** A number of 0.5 or more is 127. */
const scale = 254

/** Writes the file from words, the commonest first, and their vectors of length 1. */
export function layOutWords(words: readonly string[], vectors: readonly Float64Array[]): Uint8Array {
  const size = vectors[0]?.length ?? 0
  const names = Buffer.from(words.join('\n'), 'latin1')
  const head = Buffer.alloc(headBytes)
  for (const [i, number] of [words.length, size, names.length].entries()) head.writeUInt32LE(number, 4 * i)
  const numbers = Int8Array.from(
    vectors.flatMap((vector) => Array.from(vector, (one) => Math.max(-127, Math.min(127, Math.round(one * scale))))),
  )
  return Buffer.concat([head, names, Buffer.from(numbers.buffer)])
}

/** @throws Error when the bytes are no such file. */
export function readWords(bytes: Uint8Array): WordTable {
  const { buffer, byteOffset, byteLength } = bytes
  const head = new DataView(buffer, byteOffset, Math.min(headBytes, byteLength))
  if (byteLength < headBytes) throw new Error('The file of word vectors is cut off.')
  const [count, size, named] = [0, 4, 8].map((at) => head.getUint32(at, true)) as [number, number, number]
  if (byteLength !== headBytes + named + count * size) throw new Error('The file of word vectors is cut off.')
  const names = Buffer.from(buffer, byteOffset + headBytes, named)
    .toString('latin1')
    .split('\n')
  const places = new Map(names.map((name, i) => [name, i]))
  const numbers = new Int8Array(buffer, byteOffset + headBytes + named, count * size)
  return {
    size,
    find: (folded) => {
      const place = placeOf(folded, places)
      if (place === undefined) return null
      return { vector: numbers.subarray(place * size, (place + 1) * size), weight: weightAt(place) }
    },
  }
}

/** Of words that stand everywhere a text is not about: by Zipf's law and a smooth inverse of frequency. */
function weightAt(place: number): number {
  const frequency = 0.06 / (place + 1)
  return 3e-4 / (3e-4 + frequency)
}

function placeOf(folded: string, places: ReadonlyMap<string, number>): number | undefined {
  const exact = places.get(folded)
  if (exact !== undefined) return exact
  for (const form of plainForms(folded)) {
    const place = places.get(form)
    if (place !== undefined) return place
  }
  return undefined
}

/** What an English word may be a form of. */
function plainForms(folded: string): string[] {
  const bare = /^(?<stem>[a-z]{3,})(?:ing|ed|ers?|ors?|es|s)$/.exec(folded)?.groups?.stem
  const single = folded.endsWith('s') ? [folded.slice(0, -1)] : []
  return bare === undefined ? single : [...single, `${bare}e`, bare]
}
