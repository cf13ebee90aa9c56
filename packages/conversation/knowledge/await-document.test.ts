import { fixedClock } from '@parlor/core/time'
import { beforeEach, expect, test } from 'vitest'
import { addDocument } from './add-document.ts'
import { awaitDocument, documentState, receiveDocument } from './await-document.ts'
import { createBase, type KnowledgePorts } from './create-base.ts'
import type { KnowledgeBase } from './knowledge-store.ts'
import { knowledgeRetriever } from './search-knowledge.ts'
import { memoryKnowledgeStore } from './testing/index.ts'

let ports: KnowledgePorts
let base: KnowledgeBase
beforeEach(async () => {
  ports = { knowledge: memoryKnowledgeStore(), clock: fixedClock() }
  base = await createBase(ports, { accountId: 'acc', projectId: 'pro', name: 'Manual', client: 'shop' })
})

const text = (words: string) => new TextEncoder().encode(words)
const announce = () => awaitDocument(ports, base, { name: 'a.md', description: 'About', mediaType: 'text/markdown' })
const receive = (documentId: string, words: string) =>
  receiveDocument(ports, base, { documentId, bytes: text(words), mediaType: 'text/markdown' })
const find = async (question: string) =>
  (await knowledgeRetriever(ports).search(base.id, question, new AbortController().signal)).passages.length

test('a document is listed before its bytes are there, and found once they are', async () => {
  const awaited = await announce()
  expect(documentState(awaited)).toEqual({ state: 'awaited' })
  expect((await ports.knowledge.listDocuments(base.id, { offset: 0, limit: 9 })).items).toEqual([awaited])
  expect(await find('parcels')).toBe(0)
  const received = await receive(awaited.id, '# Sending\n\nParcels leave at noon.')
  expect(received).toMatchObject({ id: awaited.id, title: 'Sending', description: 'About' })
  expect(documentState(received)).toEqual({ state: 'ready' })
  expect(await find('parcels')).toBe(1)
})

test('bytes that cannot be read leave the reason, until other bytes come or are announced', async () => {
  const { id } = await announce()
  await expect(receive(id, 'a\0b')).rejects.toMatchObject({ code: 'validation_failed' })
  const refused = await ports.knowledge.findDocument(id)
  expect(refused && documentState(refused)).toMatchObject({
    state: 'refused',
    reason: expect.stringMatching(/binary data/),
  })
  const again = await announce()
  expect(again.id).toBe(id)
  expect(documentState(again)).toEqual({ state: 'awaited' })
  expect(documentState(await receive(id, 'Parcels leave at noon.'))).toEqual({ state: 'ready' })
})

test('a document that is ready stays as it is when it is announced again, and when what comes cannot be read', async () => {
  const { document } = await addDocument(ports, base, { name: 'a.md', text: 'Parcels leave at noon.' })
  expect(await announce()).toEqual(document)
  await expect(receive(document.id, ' ')).rejects.toMatchObject({ code: 'validation_failed' })
  expect(await ports.knowledge.findDocument(document.id)).toEqual(document)
  expect(await find('parcels')).toBe(1)
})

test('bytes for a document of another base are refused', async () => {
  const other = await createBase(ports, { accountId: 'acc', projectId: 'pro', name: 'Other' })
  const { id } = await announce()
  const sent = { documentId: id, bytes: text('x'), mediaType: 'text/markdown' }
  await expect(receiveDocument(ports, other, sent)).rejects.toMatchObject({ code: 'not_found' })
})

test('bases are listed by whom they were made for', async () => {
  await createBase(ports, { accountId: 'acc', projectId: 'pro', name: 'Other' })
  const { items } = await ports.knowledge.listBases('acc', { offset: 0, limit: 9 }, { client: 'shop' })
  expect(items).toEqual([base])
})
