import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { openPage, user } from './page.ts'

let parlor: Parlor
beforeAll(async () => {
  parlor = await startParlor()
})
afterAll(() => parlor[Symbol.asyncDispose]())

type List = { chats: { id: string; title: string; external_user_id: string }[]; total: number }

test.each([
  ['Ab', 'ab'],
  ['é', 'e\u0301'],
  ['x', ' x'],
  ['x', 'x\u200b'],
  ['😀', '😁'],
  ['\u2028', '\u2029'],
  ["'; --", "''; --"],
  ['%', '_'],
  ['\ufffd', '\ufffe'],
])('the user %j is not %j', async (name, almost) => {
  const [page, other] = await Promise.all(
    [name, almost].map((user_identifier) => openPage(parlor, { user_identifier })),
  )
  const chatId = randomUUID()
  const asked = await page?.ask({ messages: [user('Hello')] }, { 'gram-chat-id': chatId })
  expect(asked?.status).toBe(200)
  const own = (await page?.get<List>('/rpc/chat.list'))?.body
  expect(own?.chats.find(({ id }) => id === chatId)?.external_user_id).toBe(name)
  const theirs = (await other?.get<List>('/rpc/chat.list'))?.body
  expect(theirs?.chats.filter(({ id }) => id === chatId)).toEqual([])
  expect([
    (await page?.get(`/rpc/chat.load?id=${chatId}`))?.status,
    (await other?.get(`/rpc/chat.load?id=${chatId}`))?.status,
  ]).toEqual([200, 404])
})

test('a user that a store could take for another gets no token', async () => {
  const headers = { 'gram-key': parlor.key, 'gram-project': 'default' }
  for (const user_identifier of ['a\u0000b', 'cut \ud83d']) {
    const wish = { embed_origin: 'https://shop.example', user_identifier }
    const answer = await parlor.request('POST', '/rpc/chatSessions.create', wish, headers)
    expect([answer.status, answer.body.name]).toEqual([400, 'invalid_format'])
  }
})

test('questions and titles of any characters are answered and listed', async () => {
  const page = await openPage(parlor)
  const chatId = randomUUID()
  const odd = 'What \u0000 is \ud83d this \u2028 <b>?'
  expect((await page.ask({ messages: [user(odd)] }, { 'gram-chat-id': chatId })).status).toBe(200)
  const loaded = await page.get<{ messages: { content: string }[] }>(`/rpc/chat.load?id=${chatId}`)
  expect(loaded.body.messages[0]?.content).toBe(odd)
  for (const wish of [{}, { title: 'nul \u0000' }, { title: 'half \ud83d' }]) {
    const { status, body } = await page.post<{ title: string }>('/rpc/chat.generateTitle', { id: chatId, ...wish })
    expect(status).toBe(200)
    expect((await page.get<List>('/rpc/chat.list')).body.chats[0]?.title).toBe(body.title)
  }
})
