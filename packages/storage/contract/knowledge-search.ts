import { expect } from 'vitest'
import type { ContractCase } from './contract-case.ts'
import { brokenTexts, chunksOf, hostileTexts, sampleBase, sampleDocument } from './samples.ts'

export const knowledgeSearchCases: readonly ContractCase[] = [
  {
    name: 'a word in the title weighs more than one in a heading, and that more than one in the body or the keywords',
    run: async ({ stores: { knowledge } }) => {
      const base = sampleBase()
      await knowledge.insertBase(base)
      const put = (name: string, title: string, heading: string, text: string, keywords: string) =>
        knowledge.putDocument(sampleDocument(base.id, { name, title }), [
          { position: 0, headings: [heading], anchor: null, text, keywords },
        ])
      await put('body', 'one', 'two', 'parcel', 'three')
      await put('keywords', 'one', 'two', 'three', 'parcel')
      await put('title', 'parcel', 'one', 'two', 'three')
      await put('heading', 'one', 'parcel', 'two', 'three')
      await put('none', 'one', 'two', 'three', 'four')
      const hits = await knowledge.search(base.id, ['parcel'], 10)
      expect(hits.map((hit) => hit.document.name).slice(0, 2)).toEqual(['title', 'heading'])
      expect(hits).toHaveLength(4)
      const scores = hits.map((hit) => hit.score)
      expect(scores).toEqual(scores.toSorted((a, b) => b - a))
      for (const score of scores) expect(score).toBeGreaterThan(0)
      expect(await knowledge.search(base.id, ['parcel'], 2)).toEqual(hits.slice(0, 2))
    },
  },
  {
    name: 'any of the words is enough, in any of its forms, with or without accents and capitals',
    run: async ({ stores: { knowledge } }) => {
      const base = sampleBase()
      await knowledge.insertBase(base)
      await knowledge.putDocument(sampleDocument(base.id), chunksOf('Returning a parcel', 'Our Café opens', 'Nothing'))
      const found = async (...words: string[]) =>
        (await knowledge.search(base.id, words, 10)).map((hit) => hit.chunk.position).toSorted()
      expect(await found('returned')).toEqual([0])
      expect(await found('CAFE', 'parcels')).toEqual([0, 1])
      expect(await found('unheard', 'cafés')).toEqual([1])
      expect(await found('unheard')).toEqual([])
      expect(await found()).toEqual([])
      const words = ['returns', 'cafe', 'unheard']
      expect(await knowledge.countWords(base.id, words)).toEqual({ chunks: 3, containing: [1, 1, 0] })
    },
  },
  {
    name: 'accents, points and compatibility forms make no difference in any script, and vowels written as marks do',
    run: async ({ stores: { knowledge } }) => {
      const base = sampleBase()
      await knowledge.insertBase(base)
      const texts = ['Крайний срок', 'Straße', 'Ελλάδα', 'हिन्दी', 'ｆｉｎｅ', 'العَرَبِيَّة', 'Їжак']
      await knowledge.putDocument(sampleDocument(base.id), chunksOf(...texts))
      const plain = ['краинии', 'strasse', 'ελλαδα', 'हिन्दी', 'fine', 'العربية', 'іжак']
      for (const [index, word] of plain.entries()) {
        const asked = [word, texts[index]?.split(' ')[0] as string]
        for (const one of asked) {
          const hits = await knowledge.search(base.id, [one], 5)
          expect([one, ...hits.map((hit) => hit.chunk.position)]).toEqual([one, index])
        }
      }
      expect(await knowledge.search(base.id, ['हनद'], 5)).toEqual([])
    },
  },
  {
    name: "how good a hit is does not depend on other tenants' documents, nor on documents that are gone",
    run: async ({ stores: { knowledge } }) => {
      const [mine, theirs] = [sampleBase(), sampleBase({ accountId: 'other' })]
      await knowledge.insertBase(mine)
      await knowledge.insertBase(theirs)
      await knowledge.putDocument(sampleDocument(mine.id), chunksOf('blue parcel', 'green letter', 'red card'))
      const before = await knowledge.search(mine.id, ['parcel', 'letter'], 10)
      const crowd = chunksOf(...Array.from({ length: 50 }, () => 'parcel and nothing but a parcel'))
      await knowledge.putDocument(sampleDocument(theirs.id), crowd)
      expect(await knowledge.search(mine.id, ['parcel', 'letter'], 10)).toEqual(before)
      const passing = sampleDocument(mine.id, { name: 'passing.md' })
      await knowledge.putDocument(passing, crowd)
      await knowledge.removeDocument(mine.id, passing.id)
      expect(await knowledge.search(mine.id, ['parcel', 'letter'], 10)).toEqual(before)
    },
  },
  {
    name: 'no word is an operator, and none does harm',
    run: async ({ stores: { knowledge } }) => {
      const base = sampleBase()
      await knowledge.insertBase(base)
      await knowledge.putDocument(sampleDocument(base.id), chunksOf('alpha beta', 'beta or gamma'))
      const texts = [...hostileTexts, ...brokenTexts, 'alpha*', 'NOT', '"', '""', "'", '-', 'a"b', '🙂']
      for (const text of texts) {
        const hits = await knowledge.search(base.id, [text, 'alpha'], 10)
        expect(hits.map((hit) => hit.chunk.position)).toContain(0)
        const { chunks, containing } = await knowledge.countWords(base.id, ['alpha', text])
        expect([chunks, containing[0], containing.length]).toEqual([2, 1, 2])
      }
      expect(await knowledge.search(base.id, ['alph*', 'title:guid', 'NOT'], 10)).toEqual([])
      expect(await knowledge.search(base.id, ['OR'], 10)).toHaveLength(1)
      const many = Array.from({ length: 5_000 }, (_, index) => `word${index}`)
      expect(await knowledge.search(base.id, ['alpha', ...many], 10)).toHaveLength(1)
    },
  },
]
