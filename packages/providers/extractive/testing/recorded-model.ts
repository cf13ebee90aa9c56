import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SentenceModel } from '@parlor/conversation/knowledge'

/** What a real sentence model made of the sample pages and of the questions about them; `write-vectors.ts` makes it anew. */
export const recordFile = join(import.meta.dirname, 'sentence-vectors.bin')

const keyBytes = 8

/** A sentence model that knows what was recorded: real vectors, and the same ones on every machine. */
export function recordedModel(): SentenceModel {
  const records = readRecords(readFileSync(recordFile))
  return {
    name: 'all-MiniLM-L6-v2, recorded',
    async embed(texts) {
      return texts.map((text) => {
        const vector = records.get(keyOf(text).toString('hex'))
        if (!vector) throw new Error(`no vector was recorded of: ${text.slice(0, 80)}`)
        return vector
      })
    },
  }
}

/** The records of texts: the beginning of their SHA-256 and their vectors, one signed byte a number. */
export function packRecords(texts: readonly string[], vectors: readonly Float32Array[]): Buffer {
  const [{ length: size } = new Float32Array()] = vectors
  const head = Buffer.alloc(4)
  head.writeUInt32LE(size)
  const records = texts.flatMap((text, i) => [
    keyOf(text),
    Buffer.from(Int8Array.from(vectors[i] ?? [], toByte).buffer),
  ])
  return Buffer.concat([head, ...records])
}

function readRecords(file: Buffer): Map<string, Float32Array> {
  const size = file.readUInt32LE(0)
  const records = new Map<string, Float32Array>()
  for (let at = 4; at < file.length; at += keyBytes + size) {
    const key = file.toString('hex', at, at + keyBytes)
    const vector = Float32Array.from({ length: size }, (_, i) => file.readInt8(at + keyBytes + i))
    const length = Math.hypot(...vector)
    records.set(
      key,
      vector.map((one) => one / length),
    )
  }
  return records
}

function keyOf(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, keyBytes)
}

/** Unit vectors of hundreds of numbers hold none near 1: four times as fine, cut at the ends. */
function toByte(one: number): number {
  return Math.max(-127, Math.min(127, Math.round(one * 508)))
}
