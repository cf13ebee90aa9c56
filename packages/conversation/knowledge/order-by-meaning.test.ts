import { describe, expect, test, vi } from 'vitest'
import type { SearchHit } from './knowledge-store.ts'
import { orderByMeaning, sentenceReader } from './order-by-meaning.ts'
import type { Ranked } from './rank-passages.ts'
import type { SentenceModel } from './sentence-model.ts'
import type { VectorStore } from './vector-store.ts'

const east = Float32Array.of(1, 0)
const north = Float32Array.of(0, 1)

function ranked(id: string, rank: number): Ranked {
  const hit = { document: { id }, chunk: { position: 0 } } as unknown as SearchHit
  return { hit, rank, coverage: 0, found: [] }
}

function knowing(vectors: Record<string, Float32Array>): VectorStore {
  return {
    findVectors: async (_: string, places: { documentId: string }[]) =>
      places.map(({ documentId }) => vectors[documentId] ?? null),
  } as unknown as VectorStore
}

const reading = (embed: SentenceModel['embed']) => ({
  sentences: { model: { name: 'a model', embed }, vectors: knowing({}) },
})
const meant = { terms: [], fullRank: 10, table: null }
const idsOf = (all: readonly Ranked[]) => all.map(({ hit }) => hit.document.id)

describe('an order by a sentence model', () => {
  const model = reading(async () => []).sentences.model

  test('puts what means the same before what shares more words', async () => {
    const vectors = knowing({ words: north, meaning: east })
    const asked = { ...meant, asked: east }
    const order = await orderByMeaning([ranked('words', 5), ranked('meaning', 4)], asked, {
      sentences: { model, vectors },
    })
    expect(idsOf(order)).toEqual(['meaning', 'words'])
  })

  test('leaves the words in their order where too few passages have been read', async () => {
    const vectors = knowing({ meaning: east, neither: north })
    const asked = { ...meant, asked: east }
    const passages = [ranked('words', 5), ranked('meaning', 4), ranked('neither', 3)]
    const order = await orderByMeaning(passages, asked, { sentences: { model, vectors } })
    expect(idsOf(order)).toEqual(['words', 'meaning', 'neither'])
  })

  test('leaves them so, too, when the model of the passages was another one', async () => {
    const vectors = knowing({ words: Float32Array.of(0, 0, 1), meaning: Float32Array.of(1, 0, 0) })
    const asked = { ...meant, asked: east }
    const order = await orderByMeaning([ranked('words', 5), ranked('meaning', 4)], asked, {
      sentences: { model, vectors },
    })
    expect(idsOf(order)).toEqual(['words', 'meaning'])
  })
})

describe('a question', () => {
  const signal = new AbortController().signal

  test('is read by the model', async () => {
    expect(await sentenceReader(reading(async () => [east]))('where?', signal)).toEqual(east)
  })

  test('is answered without a model that fails, hangs or says nothing', async () => {
    const failing = reading(() => Promise.reject(new Error('no such model')))
    const hanging = reading(() => new Promise(() => {}))
    const leaving = new AbortController()
    const asked = sentenceReader(hanging)('where?', leaving.signal)
    leaving.abort()
    expect(await asked).toBeNull()
    expect(await sentenceReader(failing)('where?', signal)).toBeNull()
    expect(await sentenceReader(reading(async () => []))('where?', signal)).toBeNull()
    expect(await sentenceReader({})('where?', signal)).toBeNull()
  })

  test('does not wait again for a model that has just not answered in time', async () => {
    const asked = vi.fn(() => new Promise<Float32Array[]>(() => {}))
    const read = sentenceReader(reading(asked))
    expect(await read('where?', signal)).toBeNull()
    expect(await read('and when?', signal)).toBeNull()
    expect(asked).toHaveBeenCalledTimes(1)
  })
})
