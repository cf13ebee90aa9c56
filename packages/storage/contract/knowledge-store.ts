import { expect } from 'vitest'
import { type ContractCase, describeCases, type OpenStores } from './contract-case.ts'
import { knowledgeScriptCases } from './knowledge-scripts.ts'
import { knowledgeSearchCases } from './knowledge-search.ts'
import { brokenTexts, chunksOf, hostileTexts, sampleBase, sampleDocument } from './samples.ts'

const all = { offset: 0, limit: 100 }

const baseCases: readonly ContractCase[] = [
  {
    name: 'a base is found by id and name, and its name is taken once per account',
    run: async ({ stores: { knowledge } }) => {
      const base = sampleBase({ description: "what's up" })
      const foreign = sampleBase({ accountId: 'other' })
      await knowledge.insertBase(base)
      await knowledge.insertBase(foreign)
      await expect(knowledge.insertBase(sampleBase())).rejects.toMatchObject({ code: 'conflict' })
      expect(await knowledge.findBase(base.id)).toEqual(base)
      expect(await knowledge.findBaseByName('account', 'Help')).toEqual(base)
      expect(await knowledge.findBaseByName('other', 'Help')).toEqual(foreign)
      expect(await knowledge.findBase('unknown')).toBeNull()
      expect(await knowledge.listBases('account', all)).toEqual({ items: [base], total: 1 })
      const newer = sampleBase({ name: 'Newer', createdAt: 2_000 })
      await knowledge.insertBase(newer)
      expect(await knowledge.listBases('account', { offset: 0, limit: 1 })).toEqual({ items: [newer], total: 2 })
    },
  },
  {
    name: 'a base keeps for whom it was made, and a list may show only those of one',
    run: async ({ stores: { knowledge } }) => {
      const made = [
        sampleBase({ client: 'acme' }),
        sampleBase({ name: 'B', client: 'Acme' }),
        sampleBase({ name: 'C' }),
      ]
      for (const base of made) await knowledge.insertBase(base)
      const [acme] = made
      expect(await knowledge.findBase(acme?.id ?? '')).toEqual(acme)
      expect(await knowledge.listBases('account', all, { client: 'acme' })).toEqual({ items: [acme], total: 1 })
      expect(await knowledge.listBases('account', all, { client: '' })).toEqual({ items: [], total: 0 })
      expect((await knowledge.listBases('account', all, {})).total).toBe(3)
    },
  },
  {
    name: 'a base is removed by its own account only, with all its documents, and its name is free again',
    run: async ({ stores: { knowledge } }) => {
      const [base, kept] = [sampleBase(), sampleBase({ name: 'Kept' })]
      for (const one of [base, kept]) {
        await knowledge.insertBase(one)
        await knowledge.putDocument(sampleDocument(one.id), chunksOf('returns are free'))
      }
      expect(await knowledge.removeBase('other', base.id)).toBe(false)
      expect(await knowledge.removeBase('account', 'unknown')).toBe(false)
      expect(await knowledge.search(base.id, ['returns'], 5)).toHaveLength(1)
      expect(await knowledge.removeBase('account', base.id)).toBe(true)
      expect(await knowledge.findBase(base.id)).toBeNull()
      expect(await knowledge.findDocumentByName(base.id, 'guide/returns.md')).toBeNull()
      expect(await knowledge.search(base.id, ['returns'], 5)).toEqual([])
      expect(await knowledge.countWords(base.id, ['returns'])).toEqual({ chunks: 0, containing: [0] })
      expect(await knowledge.search(kept.id, ['returns'], 5)).toHaveLength(1)
      await knowledge.insertBase(sampleBase())
    },
  },
]

const documentCases: readonly ContractCase[] = [
  {
    name: 'a document of the same name is replaced: it keeps its id and birth, and only the new passages are found',
    run: async ({ stores: { knowledge } }) => {
      const base = sampleBase()
      await knowledge.insertBase(base)
      const first = sampleDocument(base.id)
      const bystander = sampleDocument(base.id, { name: 'z.md' })
      expect(await knowledge.putDocument(first, chunksOf('old parcel', 'old letter'))).toEqual({
        document: first,
        replaced: false,
      })
      await knowledge.putDocument(bystander, chunksOf('a bystander'))
      const second = sampleDocument(base.id, { title: 'New', url: null, createdAt: 9_000, updatedAt: 9_000 })
      const stored = { ...second, id: first.id, createdAt: first.createdAt }
      expect(await knowledge.putDocument(second, chunksOf('new parcel'))).toEqual({ document: stored, replaced: true })
      expect(await knowledge.findDocument(first.id)).toEqual(stored)
      expect(await knowledge.findDocument(second.id)).toBeNull()
      expect(await knowledge.findDocumentByName(base.id, first.name)).toEqual(stored)
      expect(await knowledge.listDocuments(base.id, all)).toEqual({ items: [stored, bystander], total: 2 })
      expect(await knowledge.countDocuments(base.id)).toBe(2)
      expect(await knowledge.countWords(base.id, ['old', 'new'])).toEqual({ chunks: 2, containing: [0, 1] })
      // The old title is forgotten with the old passages; the bystander still has it.
      expect(await knowledge.countWords(base.id, ['guide'])).toEqual({ chunks: 2, containing: [1] })
      const [hit] = await knowledge.search(base.id, ['parcel'], 5)
      expect(hit).toMatchObject({ document: stored, chunk: chunksOf('new parcel')[0] })
    },
  },
  {
    name: 'a document keeps what is said of it until something else is said',
    run: async ({ stores: { knowledge } }) => {
      const base = sampleBase()
      await knowledge.insertBase(base)
      const document = sampleDocument(base.id, { description: 'How to send things back' })
      await knowledge.putDocument(document, chunksOf('parcel'))
      expect(await knowledge.findDocument(document.id)).toEqual(document)
      await knowledge.putDocument({ ...document, description: 'Returns' }, [])
      expect((await knowledge.findDocument(document.id))?.description).toBe('Returns')
      const { description: _, ...silent } = document
      await knowledge.putDocument(silent, [])
      expect(await knowledge.findDocument(document.id)).toEqual(silent)
    },
  },
  {
    name: 'a document is removed only from its own base',
    run: async ({ stores: { knowledge } }) => {
      const [base, other] = [sampleBase(), sampleBase({ name: 'Other' })]
      await knowledge.insertBase(base)
      await knowledge.insertBase(other)
      const document = sampleDocument(base.id)
      await knowledge.putDocument(document, chunksOf('returns', 'refunds'))
      expect(await knowledge.removeDocument(other.id, document.id)).toBe(false)
      expect(await knowledge.removeDocument('unknown', document.id)).toBe(false)
      expect(await knowledge.countDocuments(base.id)).toBe(1)
      expect(await knowledge.removeDocument(base.id, document.id)).toBe(true)
      expect(await knowledge.removeDocument(base.id, document.id)).toBe(false)
      expect(await knowledge.countWords(base.id, ['returns'])).toEqual({ chunks: 0, containing: [0] })
      expect(await knowledge.search(base.id, ['returns'], 5)).toEqual([])
    },
  },
  {
    name: 'whoever reads while a document is put sees all of the old one or all of the new one',
    run: async ({ stores: { knowledge } }) => {
      const base = sampleBase()
      await knowledge.insertBase(base)
      const passages = (word: string, count: number) => chunksOf(...Array.from({ length: count }, () => `${word} box`))
      await knowledge.putDocument(sampleDocument(base.id), passages('old', 40))
      let isDone = false
      const put = knowledge.putDocument(sampleDocument(base.id), passages('new', 60)).then(() => {
        isDone = true
      })
      // A store that fails here is closed before it is done with it.
      put.catch(() => {})
      while (!isDone) {
        const { chunks, containing } = await knowledge.countWords(base.id, ['old', 'new'])
        expect([
          [40, 40, 0],
          [60, 0, 60],
        ]).toContainEqual([chunks, ...containing])
        await new Promise((resolve) => setImmediate(resolve))
      }
      await put
      expect(await knowledge.countWords(base.id, ['new'])).toEqual({ chunks: 60, containing: [60] })
    },
  },
  {
    name: 'a document keeps what it was read from, to the byte, until it is read from something else or is gone',
    run: async ({ stores: { knowledge } }) => {
      const [base, other] = [sampleBase(), sampleBase({ name: 'Other' })]
      await knowledge.insertBase(base)
      await knowledge.insertBase(other)
      const source = {
        mediaType: 'text/html; charset=latin1',
        bytes: Uint8Array.from({ length: 70_000 }, (_, n) => n % 256),
      }
      const [one, two] = [sampleDocument(base.id), sampleDocument(other.id)]
      for (const document of [one, two]) await knowledge.putDocument(document, chunksOf('parcel'), source)
      expect(await knowledge.findSource(one.id)).toEqual(source)
      expect(await knowledge.hasSource(one.id)).toBe(true)
      const changed = { mediaType: 'text/plain', bytes: new Uint8Array() }
      await knowledge.putDocument(one, chunksOf('letter'), changed)
      expect(await knowledge.findSource(one.id)).toEqual(changed)
      await knowledge.putDocument(one, chunksOf('letter'))
      expect([await knowledge.findSource(one.id), await knowledge.hasSource(one.id)]).toEqual([null, false])
      await knowledge.putDocument(one, chunksOf('letter'), source)
      await knowledge.removeDocument(base.id, one.id)
      await knowledge.removeBase(other.accountId, other.id)
      for (const { id } of [one, two]) expect(await knowledge.findSource(id)).toBe(null)
    },
  },
  {
    name: 'a put that is refused leaves the base as it was',
    run: async ({ stores: { knowledge } }) => {
      const base = sampleBase()
      await knowledge.insertBase(base)
      const document = sampleDocument(base.id)
      await knowledge.putDocument(document, chunksOf('returns'))
      const clash = { ...document, name: 'other.md' }
      await expect(knowledge.putDocument(clash, chunksOf('stray'))).rejects.toMatchObject({ code: 'conflict' })
      const homeless = sampleDocument('unknown')
      await expect(knowledge.putDocument(homeless, chunksOf('stray'))).rejects.toMatchObject({ code: 'not_found' })
      expect(await knowledge.countWords(base.id, ['stray', 'returns'])).toEqual({ chunks: 1, containing: [0, 1] })
      expect(await knowledge.listDocuments(base.id, all)).toEqual({ items: [document], total: 1 })
    },
  },
  {
    name: 'hostile text is kept to the letter in documents and passages, and broken text does no harm',
    run: async ({ stores: { knowledge } }) => {
      const base = sampleBase()
      await knowledge.insertBase(base)
      for (const [index, text] of hostileTexts.entries()) {
        const document = sampleDocument(base.id, { name: `${index}${text}`, title: text, url: text })
        const chunk = { position: 0, headings: [text, 'b'], anchor: text, text, keywords: `mark${index}` }
        await knowledge.putDocument(document, [chunk])
        expect(await knowledge.findDocumentByName(base.id, document.name)).toEqual(document)
        expect(await knowledge.search(base.id, [`mark${index}`], 5)).toMatchObject([{ document, chunk }])
      }
      for (const text of brokenTexts) {
        await knowledge.putDocument(sampleDocument(base.id, { name: `b${text}`, title: text }), chunksOf(`${text} odd`))
      }
      expect(await knowledge.countWords(base.id, ['odd'])).toMatchObject({ containing: [brokenTexts.length] })
      const { items } = await knowledge.listDocuments(base.id, all)
      for (const { id } of items) expect(await knowledge.removeDocument(base.id, id)).toBe(true)
      const words = ['odd', 'nul', 'high', 'robert', 'mark1']
      expect(await knowledge.countWords(base.id, words)).toEqual({ chunks: 0, containing: [0, 0, 0, 0, 0] })
    },
  },
]

export const knowledgeStoreCases: readonly ContractCase[] = [
  ...baseCases,
  ...documentCases,
  ...knowledgeSearchCases,
  ...knowledgeScriptCases,
]

export function describeKnowledgeStore(open: OpenStores): void {
  describeCases('KnowledgeStore', knowledgeStoreCases, open)
}
