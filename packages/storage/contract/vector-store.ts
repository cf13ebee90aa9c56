import type { UnreadPassage, VectorStore } from '@parlor/conversation/knowledge'
import { expect } from 'vitest'
import { type ContractCase, describeCases, type OpenStores, type Stores } from './contract-case.ts'
import { chunksOf, sampleBase, sampleDocument } from './samples.ts'

/** A direction that looks random but is the same for the same seed. */
function direction(seed: number, size = 384): Float32Array {
  const numbers = Float32Array.from({ length: size }, (_, i) => Math.sin((i + 1) * (seed + 1) * 12.9898) * 43.7 - 0.1)
  const length = Math.hypot(...numbers)
  return numbers.map((one) => one / length)
}

const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, one, i) => sum + one * (b[i] as number), 0) / Math.hypot(...a) / Math.hypot(...b)

async function makeBase({ knowledge }: Stores, name = 'Help') {
  const base = sampleBase({ name })
  await knowledge.insertBase(base)
  return base
}

/** Puts a document of these passages; the answer is its id. */
async function putTexts({ knowledge }: Stores, baseId: string, name: string, ...texts: string[]): Promise<string> {
  const { document } = await knowledge.putDocument(sampleDocument(baseId, { name, title: name }), chunksOf(...texts))
  return document.id
}

const numbered = (word: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${word} ${n}`)

const claim = (vectors: VectorStore, model: string, changed: { limit?: number; now?: number; until?: number } = {}) =>
  vectors.claimUnread(model, { limit: 1000, now: 1_000, until: 2_000, ...changed })

/** Reads passages as a model would, each in the direction of its own seed. */
const readAll = (vectors: VectorStore, model: string, passages: readonly UnreadPassage[], seed = 0) =>
  vectors.putVectors(
    model,
    passages.map(({ id }, n) => ({ id, vector: direction(seed + n) })),
  )

const textsOf = (passages: readonly UnreadPassage[]): string[] => passages.map(({ text }) => text)

const claimCases: readonly ContractCase[] = [
  {
    name: 'unread passages come oldest first, as they are read, and once',
    run: async ({ stores }) => {
      const { id } = await makeBase(stores)
      await putTexts(stores, id, 'b.md', 'one', 'two')
      await putTexts(stores, id, 'c.md')
      await putTexts(stores, id, 'a.md', 'three', 'four')
      expect(await claim(stores.vectors, 'm', { limit: 0 })).toEqual([])
      const first = await claim(stores.vectors, 'm', { limit: 3 })
      const rest = await claim(stores.vectors, 'm')
      expect([...first, ...rest]).toEqual(
        [
          ['b.md', 'one'],
          ['b.md', 'two'],
          ['a.md', 'three'],
          ['a.md', 'four'],
        ].map(([title, text]) => ({ id: expect.any(String), title, headings: ['Top'], text })),
      )
      expect([first.length, new Set([...first, ...rest].map((one) => one.id)).size]).toEqual([3, 4])
      expect(await claim(stores.vectors, 'm')).toEqual([])
    },
  },
  {
    name: 'of many who ask at once, no two are given the same passage, and none is forgotten',
    run: async ({ stores }) => {
      const { id } = await makeBase(stores)
      for (const name of ['a', 'b', 'c']) await putTexts(stores, id, name, ...numbered(name, 40))
      const given = await Promise.all(Array.from({ length: 16 }, () => claim(stores.vectors, 'm', { limit: 5 })))
      const last = await claim(stores.vectors, 'm')
      const texts = textsOf([...given.flat(), ...last])
      expect(texts.length).toBe(120)
      expect(new Set(texts).size).toBe(120)
      expect(Math.max(...given.map(({ length }) => length))).toBe(5)
    },
  },
  {
    name: 'a passage that was taken and not read is free again when its time is over, and not before, for no model',
    run: async ({ stores }) => {
      const { id } = await makeBase(stores)
      await putTexts(stores, id, 'a', 'one', 'two', 'three')
      const [one, two] = await claim(stores.vectors, 'm', { limit: 2 })
      await readAll(stores.vectors, 'm', [one as UnreadPassage])
      expect(textsOf(await claim(stores.vectors, 'm', { now: 1_999, until: 9_000 }))).toEqual(['three'])
      expect(await claim(stores.vectors, 'n', { limit: 9, now: 1_999 })).toEqual([one])
      expect(await claim(stores.vectors, 'm', { now: 2_000, until: 3_000 })).toEqual([one, two])
    },
  },
  {
    name: 'whoever comes late with a vector still brings it, and the passage is read',
    run: async ({ stores }) => {
      const { id } = await makeBase(stores)
      const documentId = await putTexts(stores, id, 'a', 'one')
      const late = await claim(stores.vectors, 'm')
      await claim(stores.vectors, 'm', { now: 2_000, until: 3_000 })
      await readAll(stores.vectors, 'm', late)
      expect(await claim(stores.vectors, 'm', { now: 9_000, until: 9_999 })).toEqual([])
      expect(await stores.vectors.findVectors('m', [{ documentId, position: 0 }])).toEqual([expect.any(Float32Array)])
    },
  },
]

const vectorCases: readonly ContractCase[] = [
  {
    name: 'a vector is found in the direction in which it was put, of length 1',
    run: async ({ stores: { vectors, ...stores } }) => {
      const { id } = await makeBase({ vectors, ...stores })
      const put = [
        ...Array.from({ length: 20 }, (_, seed) => direction(seed)),
        direction(1, 1024),
        Float32Array.of(0, 0, -1),
        new Float32Array(384).fill(384 ** -0.5),
      ]
      const documentId = await putTexts({ vectors, ...stores }, id, 'a', ...numbered('passage', put.length))
      const passages = await claim(vectors, 'm')
      await vectors.putVectors(
        'm',
        passages.map((passage, n) => ({ id: passage.id, vector: put[n] as Float32Array })),
      )
      const found = await vectors.findVectors(
        'm',
        put.map((_, position) => ({ documentId, position })),
      )
      for (const [n, vector] of found.entries()) {
        expect(vector).toBeInstanceOf(Float32Array)
        expect(cosine(vector as Float32Array, put[n] as Float32Array)).toBeGreaterThan(0.999)
        expect(Math.hypot(...(vector as Float32Array))).toBeCloseTo(1, 2)
      }
    },
  },
  {
    name: 'vectors come in the order of their places, and null where there is none',
    run: async ({ stores }) => {
      const { vectors } = stores
      const { id } = await makeBase(stores)
      const a = await putTexts(stores, id, 'a', 'one', 'two')
      const b = await putTexts(stores, id, 'b', 'three', 'four')
      await readAll(vectors, 'm', await claim(vectors, 'm', { limit: 3 }))
      const places = [
        { documentId: b, position: 0 },
        { documentId: b, position: 1 },
        { documentId: 'unknown', position: 0 },
        { documentId: a, position: 1 },
        { documentId: a, position: 7 },
        { documentId: a, position: 0 },
        { documentId: b, position: 0 },
      ]
      const found = await vectors.findVectors('m', places)
      const seeds = [2, null, null, 1, null, 0, 2]
      expect(found.map((one) => one === null)).toEqual(seeds.map((seed) => seed === null))
      for (const [n, seed] of seeds.entries()) {
        if (seed !== null) expect(cosine(found[n] as Float32Array, direction(seed))).toBeGreaterThan(0.999)
      }
      expect(await vectors.findVectors('m', [])).toEqual([])
      expect(await vectors.findVectors('n', places)).toEqual(places.map(() => null))
    },
  },
  {
    name: 'a model reads in place of those before it, whatever they are called, and oldest first',
    run: async ({ stores }) => {
      const { vectors } = stores
      const { id } = await makeBase(stores)
      const documentId = await putTexts(stores, id, 'a', 'one', 'two', 'three')
      const places = [0, 1, 2].map((position) => ({ documentId, position }))
      const before = await claim(vectors, 'a')
      await readAll(vectors, 'z', before.slice(0, 1))
      await readAll(vectors, 'a', before.slice(1, 2))
      expect(textsOf(await claim(vectors, 'm', { limit: 2 }))).toEqual(['one', 'two'])
      expect(textsOf(await claim(vectors, 'm', { now: 2_000, until: 3_000 }))).toEqual(['one', 'two', 'three'])
      await readAll(vectors, 'm', before, 5)
      expect(await claim(vectors, 'm', { now: 9_000 })).toEqual([])
      for (const model of ['a', 'z']) expect(await vectors.findVectors(model, places)).toEqual([null, null, null])
      await readAll(vectors, 'a', before.slice(2))
      expect((await vectors.findVectors('m', places)).map((one) => one === null)).toEqual([false, false, true])
      expect((await vectors.findVectors('a', places)).map((one) => one === null)).toEqual([true, true, false])
    },
  },
]

const goneCases: readonly ContractCase[] = [
  {
    name: 'a vector for a passage that is gone is passed over, and those beside it are kept',
    run: async ({ stores }) => {
      const { knowledge, vectors } = stores
      const { id } = await makeBase(stores)
      const [a, b] = [await putTexts(stores, id, 'a', 'one'), await putTexts(stores, id, 'b', 'two')]
      const passages = await claim(vectors, 'm')
      await knowledge.removeDocument(id, a)
      const stray = ['unknown', '', '-1', '0', '9'.repeat(30)].map((one) => ({ id: one, vector: direction(1) }))
      await vectors.putVectors('m', stray)
      await vectors.putVectors('m', [])
      await vectors.putVectors('m', [...stray, ...passages.map((one) => ({ id: one.id, vector: direction(1) }))])
      const places = [a, b].map((documentId) => ({ documentId, position: 0 }))
      expect(await vectors.findVectors('m', places)).toEqual([null, expect.any(Float32Array)])
      expect(await vectors.countRead('m', id)).toEqual({ passages: 1, read: 1 })
    },
  },
  {
    name: 'a document that is put again is read again, and what comes late for its old passages is not for the new ones',
    run: async ({ stores }) => {
      const { vectors } = stores
      const { id } = await makeBase(stores)
      const documentId = await putTexts(stores, id, 'a', 'one', 'two')
      const old = await claim(vectors, 'm')
      await readAll(vectors, 'm', old.slice(0, 1))
      expect(await putTexts(stores, id, 'a', 'one', 'two')).toBe(documentId)
      const fresh = await claim(vectors, 'm')
      expect(textsOf(fresh)).toEqual(['one', 'two'])
      await readAll(vectors, 'm', old)
      const places = [0, 1].map((position) => ({ documentId, position }))
      expect(await vectors.findVectors('m', places)).toEqual([null, null])
      expect(await vectors.countRead('m', id)).toEqual({ passages: 2, read: 0 })
      await readAll(vectors, 'm', fresh)
      expect(await vectors.countRead('m', id)).toEqual({ passages: 2, read: 2 })
    },
  },
  {
    name: 'vectors go with their base, read or unread, and with no other',
    run: async ({ stores }) => {
      const { knowledge, vectors } = stores
      const [gone, kept] = [await makeBase(stores), await makeBase(stores, 'Kept')]
      const [a, b] = [
        await putTexts(stores, gone.id, 'a', 'one', 'two'),
        await putTexts(stores, kept.id, 'a', 'three', 'four'),
      ]
      await readAll(vectors, 'm', await claim(vectors, 'm', { limit: 1 }))
      expect(await knowledge.removeBase('account', gone.id)).toBe(true)
      expect(await vectors.countRead('m', gone.id)).toEqual({ passages: 0, read: 0 })
      expect(await vectors.findVectors('m', [{ documentId: a, position: 0 }])).toEqual([null])
      const left = await claim(vectors, 'm')
      expect(textsOf(left)).toEqual(['three', 'four'])
      await readAll(vectors, 'm', left)
      expect(await vectors.findVectors('m', [{ documentId: b, position: 1 }])).toEqual([expect.any(Float32Array)])
    },
  },
  {
    name: 'what a model has read is counted for each base',
    run: async ({ stores }) => {
      const { vectors } = stores
      const [one, two] = [await makeBase(stores), await makeBase(stores, 'Two')]
      await putTexts(stores, one.id, 'a', ...numbered('a', 5))
      await putTexts(stores, two.id, 'b', ...numbered('b', 3))
      await putTexts(stores, two.id, 'c')
      const counts = async (model: string) =>
        Promise.all([one.id, two.id, 'unknown'].map((id) => vectors.countRead(model, id)))
      const none = { passages: 0, read: 0 }
      expect(await counts('m')).toEqual([{ passages: 5, read: 0 }, { passages: 3, read: 0 }, none])
      const passages = await claim(vectors, 'm')
      expect(await counts('m')).toEqual([{ passages: 5, read: 0 }, { passages: 3, read: 0 }, none])
      await readAll(vectors, 'm', passages.slice(0, 6))
      expect(await counts('m')).toEqual([{ passages: 5, read: 5 }, { passages: 3, read: 1 }, none])
      expect(await counts('n')).toEqual([{ passages: 5, read: 0 }, { passages: 3, read: 0 }, none])
      await readAll(vectors, 'n', passages.slice(0, 2))
      expect(await counts('m')).toEqual([{ passages: 5, read: 3 }, { passages: 3, read: 1 }, none])
    },
  },
]

export const vectorStoreCases: readonly ContractCase[] = [...claimCases, ...vectorCases, ...goneCases]

export function describeVectorStore(open: OpenStores): void {
  describeCases('VectorStore', vectorStoreCases, open)
}
