import { fixedClock } from '@parlor/core/time'
import { beforeAll, expect, test } from 'vitest'
import { addDocument } from './add-document.ts'
import { createBase, type KnowledgePorts } from './create-base.ts'
import type { KnowledgeStore } from './knowledge-store.ts'
import { knowledgeRetriever } from './search-knowledge.ts'
import { memoryKnowledgeStore } from './testing/index.ts'

const documents = {
  'routes.md':
    '# Routes\n\n## Length of parameters\n\nThe option maxParamLength bounds a parameter. Its default is 100.',
  'errors.md': '# Errors\n\nCall setErrorHandler to write your own.\n\n## 404\n\nA page that is missing.',
  'http2.md': '# HTTP/2\n\nIt needs a certificate.',
  'contents.md': '# Contents\n\n- [Routes](#routes)\n- [Certificate](#certificate)\n- [Errors](#errors)',
  '返金.md': '# 返金\n\n返金は購入から三十日以内に可能です。',
  'thai.md': '# คืนเงิน\n\nขอคืนเงินได้ภายในสามสิบวัน',
  'chinese.md': '# 退款\n\n您可以在三十天内申请退款。',
}

const ports: KnowledgePorts = { knowledge: memoryKnowledgeStore(), clock: fixedClock() }
let baseId: string
beforeAll(async () => {
  const base = await createBase(ports, { accountId: 'acc', projectId: 'pro', name: 'Manual' })
  baseId = base.id
  for (const [name, text] of Object.entries(documents)) await addDocument(ports, base, { name, text })
})

const search = (question: string) => knowledgeRetriever(ports).search(baseId, question, new AbortController().signal)

test.each([
  ['an identifier by its parts', 'maximum param length', 'routes.md'],
  ['an identifier as it is written', 'maxParamLength', 'routes.md'],
  ['an identifier by its parts, the other way', 'error handler', 'errors.md'],
  ['a name written in another way', 'http2', 'http2.md'],
  ['a word that stands for another', 'tls', 'http2.md'],
  ['the text, not the table of contents', 'certificate', 'http2.md'],
  ['Japanese', '返金はできますか', '返金.md'],
  ['Thai', 'ขอคืนเงินอย่างไร', 'thai.md'],
  ['Chinese', '如何申请退款', 'chinese.md'],
])('finds %s', async (_, question, name) => {
  expect((await search(question)).passages[0]?.document.name).toBe(name)
})

test('a question that fits is told from one that does not', async () => {
  const fits = (await search('What is the default of maxParamLength?')).answerability
  const strange = (await search('What is the default colour of penguins?')).answerability
  expect(fits.confidence).toBeGreaterThan(0.8)
  expect(strange.confidence).toBeLessThan(0.5)
  expect((await search('what is it?')).answerability.confidence).toBe(0)
})

test('a question that leans on the one before is answered with its words, another is not touched', async () => {
  const retriever = knowledgeRetriever(ports)
  const ask = async (question: string, before: string) =>
    (await retriever.search(baseId, question, new AbortController().signal, { before })).passages[0]?.document.name
  expect(await ask('and what is the default of it?', 'What does setErrorHandler do?')).toBe('errors.md')
  expect(await ask('What is the default of maxParamLength?', 'What does setErrorHandler do?')).toBe('routes.md')
})

test('naming a software the base has never heard of speaks against an answer', async () => {
  const own = (await search('What is the default of parameters?')).answerability.confidence
  const strange = (await search('What is the default of Django parameters?')).answerability.confidence
  expect(strange).toBeLessThan(own / 2)
})

test.each([
  ...['"', '*', 'NEAR(', 'a" OR "b', '-', '🙂', "'); DROP TABLE x", '((((', '\0', '\uD800', ''],
  ...['x', 'ab '].map((piece) => piece.repeat(5000)),
])('a hostile question is only words: %#', async (question) => {
  await expect(search(question)).resolves.toHaveProperty('passages')
})

test('an abort ends the wait although the store goes on', async () => {
  const never = {
    search: () => new Promise(() => {}),
    countWords: () => new Promise(() => {}),
  } as unknown as KnowledgeStore
  const controller = new AbortController()
  const waiting = knowledgeRetriever({ knowledge: never }).search('base', 'certificate', controller.signal)
  controller.abort(new Error('interrupted'))
  await expect(waiting).rejects.toThrow('interrupted')
})
