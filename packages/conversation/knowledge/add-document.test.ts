import { fixedClock } from '@parlor/core/time'
import { beforeEach, describe, expect, test } from 'vitest'
import { addDocument, type DocumentInput } from './add-document.ts'
import { createBase, findOwnBase, type KnowledgePorts } from './create-base.ts'
import type { KnowledgeBase } from './knowledge-store.ts'
import { removeDocument } from './remove-document.ts'
import { knowledgeRetriever } from './search-knowledge.ts'
import { memoryKnowledgeStore } from './testing/index.ts'

let ports: KnowledgePorts
let base: KnowledgeBase
beforeEach(async () => {
  ports = { knowledge: memoryKnowledgeStore(), clock: fixedClock() }
  base = await createBase(ports, { accountId: 'acc', projectId: 'pro', name: ' Manual ' })
})

const add = (input: DocumentInput) => addDocument(ports, base, input)
const find = async (question: string) => {
  const { passages } = await knowledgeRetriever(ports).search(base.id, question, new AbortController().signal)
  return passages.map(({ chunk }) => chunk.text)
}

describe('adding', () => {
  test('a document is found as soon as it is added, with its title and heading', async () => {
    const added = await add({ name: 'guides/refunds.md', text: '# Refunds\n\n## How long\n\nYou have thirty days.' })
    expect(added).toMatchObject({
      outcome: 'added',
      chunks: 1,
      document: { title: 'Refunds', mediaType: 'text/markdown' },
    })
    expect(await find('thirty days')).toEqual(['You have thirty days.'])
  })

  test('the same again changes nothing, another text of the same name replaces it', async () => {
    const first = await add({ name: 'a.md', text: 'You have thirty days.' })
    expect(await add({ name: 'a.md', text: 'You have thirty days.' })).toMatchObject({
      outcome: 'unchanged',
      chunks: 1,
    })
    const again = await add({ name: 'a.md', text: 'You have ninety days.' })
    expect(again).toMatchObject({ outcome: 'replaced', document: { id: first.document.id } })
    expect(await find('thirty')).toEqual([])
    expect(await find('ninety')).toEqual(['You have ninety days.'])
    expect(await ports.knowledge.countDocuments(base.id)).toBe(1)
  })

  test('a new link alone replaces the record', async () => {
    await add({ name: 'a.md', text: 'Thirty days.' })
    const again = await add({ name: 'a.md', text: 'Thirty days.', url: 'https://shop.example/refunds' })
    expect(again).toMatchObject({ outcome: 'replaced', document: { url: 'https://shop.example/refunds' } })
  })

  test('a document without a heading is called after its file', async () => {
    const { document } = await add({ name: 'legal/terms-of_use.txt', bytes: new TextEncoder().encode('Pay.') })
    expect(document).toMatchObject({ title: 'terms of use', mediaType: 'text/plain', bytes: 4 })
  })

  test('a name without an end is believed to be Markdown when text was sent, and refused when a file was', async () => {
    expect((await add({ name: 'Refund policy', text: '# Hi\n\nPay.' })).document.title).toBe('Hi')
    await expect(add({ name: 'refunds', bytes: new TextEncoder().encode('Pay.') })).rejects.toMatchObject({
      code: 'unsupported_media_type',
    })
  })
})

describe('refusals say why and leave the base as it was', () => {
  const utf8 = (text: string) => new TextEncoder().encode(text)
  test.each<[string, DocumentInput, string, RegExp]>([
    [
      'a kind it cannot read',
      { name: 'a.pdf', mediaType: 'application/pdf', bytes: utf8('%PDF-1.7') },
      'unsupported_media_type',
      /Send Markdown/,
    ],
    [
      'another charset',
      { name: 'a.md', mediaType: 'text/markdown; charset=latin1', bytes: utf8('a') },
      'unsupported_media_type',
      /UTF-8/,
    ],
    ['invalid UTF-8', { name: 'a.md', bytes: new Uint8Array([0x61, 0xff]) }, 'validation_failed', /Save it as UTF-8/],
    ['binary data', { name: 'a.md', bytes: utf8('a\0b') }, 'validation_failed', /binary/],
    ['nothing', { name: 'a.md', bytes: new Uint8Array() }, 'validation_failed', /empty/],
    ['white space', { name: 'a.md', text: ' \n ' }, 'validation_failed', /^text: .*empty/],
    ['nothing but a comment', { name: 'a.md', text: '<!-- todo -->' }, 'validation_failed', /no readable text/],
    [
      'too many bytes',
      { name: 'a.md', bytes: new Uint8Array(5 * 1024 * 1024 + 1).fill(97) },
      'payload_too_large',
      /5 MiB/,
    ],
    ['too many passages', { name: 'a.md', text: '# a\nb\n'.repeat(20_001) }, 'validation_failed', /Split it/],
    ['no name', { name: ' ', text: 'a' }, 'validation_failed', /name/],
    ['a long name', { name: 'a'.repeat(301), text: 'a' }, 'validation_failed', /300/],
    ['a control sign in the name', { name: 'a\u0007.md', text: 'a' }, 'validation_failed', /control/],
    ['a name that turns its direction', { name: 'a\u202Edm.md', text: 'a' }, 'validation_failed', /seen/],
    ['a way upward', { name: 'a/../b.md', text: 'a' }, 'validation_failed', /\.\./],
    ['a link that runs', { name: 'a.md', text: 'a', url: 'javascript:alert(1)' }, 'validation_failed', /http/],
    [
      'a link with a password',
      { name: 'a.md', text: 'a', url: 'https://u:p@shop.example' },
      'validation_failed',
      /password/,
    ],
  ])('%s', async (_, input, code, message) => {
    await add({ name: 'kept.md', text: 'Kept.' })
    await expect(add(input)).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
    expect(await ports.knowledge.countDocuments(base.id)).toBe(1)
  })
})

describe('removing and bases', () => {
  test('a removed document is not found any more, and removing it again is refused', async () => {
    const { document } = await add({ name: 'a.md', text: 'Thirty days.' })
    await removeDocument(ports, base, document.id)
    expect(await find('thirty')).toEqual([])
    await expect(removeDocument(ports, base, document.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a base has a name of its own, and belongs to its account', async () => {
    expect(base.name).toBe('Manual')
    await expect(createBase(ports, { accountId: 'acc', projectId: 'pro', name: 'Manual' })).rejects.toMatchObject({
      code: 'conflict',
    })
    for (const name of ['', 'a'.repeat(201), 'a\nb']) {
      await expect(createBase(ports, { accountId: 'acc', projectId: 'pro', name })).rejects.toMatchObject({
        code: 'validation_failed',
      })
    }
    expect(await findOwnBase(ports, 'acc', base.id)).toEqual(base)
    const refusals = await Promise.allSettled([
      findOwnBase(ports, 'other', base.id),
      findOwnBase(ports, 'acc', 'unknown'),
    ])
    const [foreign, unknown] = refusals.map((one) => (one.status === 'rejected' ? String(one.reason.message) : ''))
    expect(foreign).toMatch(/no such/)
    expect(foreign).toBe(unknown)
  })
})
