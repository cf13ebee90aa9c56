import { EmbeddingFault } from './embedding-fault.ts'

/**
 * The vectors in an answer of `/embeddings`, each of length 1, in the order of the texts, whatever order they came in.
 * @throws EmbeddingFault `broken` unless there is one of finite numbers for each of `count` texts.
 */
export function readVectors(answer: string, count: number): Float32Array[] {
  const data = dataIn(answer)
  if (data.length !== count) throw new EmbeddingFault('broken')
  const vectors = new Map<number, Float32Array>()
  data.forEach((item, position) => {
    const { index = position, embedding } = Object(item) as { index?: unknown; embedding?: unknown }
    if (!Number.isInteger(index)) throw new EmbeddingFault('broken')
    vectors.set(index as number, toDirection(embedding))
  })
  return inOrder(vectors, count)
}

function dataIn(answer: string): readonly unknown[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(answer)
  } catch {
    throw new EmbeddingFault('broken')
  }
  const data = typeof parsed === 'object' && parsed !== null && 'data' in parsed ? parsed.data : null
  if (!Array.isArray(data)) throw new EmbeddingFault('broken')
  return data
}

function inOrder(vectors: ReadonlyMap<number, Float32Array>, count: number): Float32Array[] {
  return Array.from({ length: count }, (_, index) => {
    const vector = vectors.get(index)
    if (vector === undefined) throw new EmbeddingFault('broken')
    return vector
  })
}

/** Not every model sends vectors of length 1; one without a direction says nothing. */
function toDirection(numbers: unknown): Float32Array {
  if (!Array.isArray(numbers)) throw new EmbeddingFault('broken')
  let squares = 0
  for (const one of numbers as unknown[]) {
    if (typeof one !== 'number') throw new EmbeddingFault('broken')
    squares += one * one
  }
  const length = Math.sqrt(squares)
  if (!Number.isFinite(length) || length === 0) throw new EmbeddingFault('broken')
  return Float32Array.from(numbers as number[], (one) => one / length)
}
