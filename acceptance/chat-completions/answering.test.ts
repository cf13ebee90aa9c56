import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type FakeModel, startFakeModel } from '../harness/fake-model.ts'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { furnishMuseum } from './museum.ts'
import { type Completion, openPage, type Page, type Refused, user, wordsOf } from './page.ts'

let fake: FakeModel
let parlor: Parlor
let page: Page
beforeAll(async () => {
  fake = await startFakeModel()
  parlor = await startParlor({
    env: { PARLOR_LLM_BASE_URL: fake.baseUrl, PARLOR_LLM_MODEL: 'house-model', PARLOR_LIMIT_TOKENS: '900000' },
  })
  await furnishMuseum(parlor, 'default')
  page = await openPage(parlor)
})
afterAll(async () => {
  await parlor?.[Symbol.asyncDispose]()
  await fake?.[Symbol.asyncDispose]()
})
beforeEach(() => {
  fake.requests.length = 0
  fake.always({
    does: 'says',
    words: ['Twelve ', 'euros [1', '].'],
    usage: { prompt_tokens: 90, completion_tokens: 7 },
  })
})

describe('an answer', () => {
  test('comes whole, with citations of our own documents in both places and what it cost', async () => {
    const { status, headers, body } = await page.ask({ messages: [user('What does a ticket cost?')], model: 'gpt-x' })
    expect(status).toBe(200)
    expect(headers['gram-chat-id']).toMatch(/^[0-9a-f-]{36}$/)
    const [choice] = body.choices
    expect(body).toMatchObject({ object: 'chat.completion', model: 'gpt-x' })
    expect(choice).toMatchObject({ index: 0, finish_reason: 'stop', message: { role: 'assistant' } })
    expect(choice?.message.content).toBe('Twelve euros [1].')
    expect(body.usage).toEqual({ prompt_tokens: 90, completion_tokens: 7, total_tokens: 97 })
    expect(body.citations).toEqual([
      expect.objectContaining({ n: 1, title: expect.any(String), heading: expect.any(String), source: 'visiting.md' }),
    ])
    expect(choice?.message.citations).toEqual(body.citations)
    expect(fake.requests[0]?.body.model).toBe('house-model')
  })

  test('is streamed in chunks of one answer, with citations in the last and the cost where it is wished', async () => {
    const stream = await page.stream({ messages: [user('Ticket?')], stream_options: { include_usage: true } })
    expect(await stream.over).toBe('ended')
    type Chunk = { id: string; object: string; citations?: object[]; choices: { finish_reason: string | null }[] }
    const chunks = stream.events<Chunk>()
    expect(wordsOf(stream)).toBe('Twelve euros [1].')
    expect(new Set(chunks.map(({ id, object }) => `${id} ${object}`)).size).toBe(1)
    expect(chunks[0]).toMatchObject({ choices: [{ delta: { role: 'assistant' }, finish_reason: null }] })
    expect(chunks.at(-2)).toMatchObject({
      citations: [{ n: 1, source: 'visiting.md' }],
      choices: [{ finish_reason: 'stop' }],
    })
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 97 } })
    expect(stream.text().endsWith('data: [DONE]\n\n')).toBe(true)
  })

  test('is refused with a clear word where what came cannot be answered', async () => {
    const picture = [{ type: 'image_url', image_url: { url: 'https://shop.example/a.png' } }]
    const tool = [{ type: 'function', function: { name: 'f', parameters: { type: 'array' } } }]
    const faults: [object, number, string, RegExp][] = [
      [{ messages: [] }, 400, 'invalid_length', /messages/],
      [{ messages: [user('x')], n: 2 }, 400, 'invalid_range', /n:/],
      [{ messages: [user(picture)] }, 400, 'invalid_field_type', /messages\.0\.content\.0: only parts of type "text"/],
      [{ messages: [{ role: 'system', content: 'x' }] }, 400, 'missing_field', /user/],
      [{ messages: [user('x')], tools: tool }, 400, 'invalid_enum_value', /object/],
      [{ messages: [user('x')], tools: Array(129).fill(tool[0]) }, 400, 'invalid_length', /tools/],
      [{ messages: [user('x'.repeat(1_048_577))] }, 413, 'request_too_large', /1024 KiB/],
    ]
    for (const [body, status, name, words] of faults) {
      const answer = await page.ask<Refused>(body)
      expect([answer.status, answer.body.name, answer.body.error.code]).toEqual([status, name, name])
      expect(answer.body.error.message).toMatch(words)
    }
    const badId = await page.ask<Refused>({ messages: [user('x')] }, { 'gram-chat-id': 'mine' })
    expect([badId.status, badId.body.name]).toEqual([422, 'invalid'])
    const form = await page.ask<Refused>({ messages: [user('x')] }, { 'content-type': 'text/plain' })
    expect([form.status, form.body.name]).toEqual([415, 'unsupported_media_type'])
    expect(fake.requests).toHaveLength(0)
  })

  test('is given to a prompt of a hundred thousand tokens', async () => {
    const long = 'word '.repeat(80_000)
    const messages = [user(long), { role: 'assistant', content: 'Noted.' }, user('What does a ticket cost?')]
    expect((await page.ask({ messages })).status).toBe(200)
    const sent = JSON.stringify(fake.requests[0]?.body.messages)
    expect(sent).toContain(long.trim())
    expect(sent).toContain('Noted.')
  })
})

describe('the caller’s tools', () => {
  const tools = [
    {
      type: 'function',
      function: {
        name: 'find_ticket',
        description: 'Finds one.',
        parameters: { type: 'object', properties: { day: {} } },
      },
    },
  ]

  test('are called by the model with whole arguments, and their answers go back to it', async () => {
    fake.once({
      does: 'calls',
      calls: [{ id: 'call_7', name: 'find_ticket', arguments: '{"day":"Monday"}' }],
      pieceLength: 3,
    })
    const question = user('Is there a ticket on Monday?')
    const stream = await page.stream({ messages: [question], tools })
    await stream.over
    type Chunk = { choices: { delta: { tool_calls?: unknown[] }; finish_reason: string | null }[] }
    const [call] = stream.events<Chunk>().flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? [])
    const wanted = { id: 'call_7', type: 'function', function: { name: 'find_ticket', arguments: '{"day":"Monday"}' } }
    expect(call).toEqual({ index: 0, ...wanted })
    expect(stream.events<Chunk>().at(-1)?.choices[0]?.finish_reason).toBe('tool_calls')
    expect(fake.requests[0]?.body.tools).toMatchObject([{ function: { name: 'find_ticket' } }])

    fake.once({ does: 'says', words: ['There ', 'is.'] })
    const steps = [
      { role: 'assistant', content: null, tool_calls: [wanted] },
      { role: 'tool', tool_call_id: 'call_7', content: 'seat 12' },
    ]
    const { body } = await page.ask({ messages: [question, ...steps], tools })
    expect(body.choices[0]?.message.content).toBe('There is.')
    const sent = fake.requests[1]?.body.messages ?? []
    expect(sent.at(-1)).toMatchObject({
      role: 'tool',
      tool_call_id: 'call_7',
      content: expect.stringContaining('seat 12'),
    })
  })

  test('are known to the model by what they said, also when the visitor asks on', async () => {
    const call = { id: 'call_7', type: 'function', function: { name: 'find_ticket', arguments: '{"day":"Monday"}' } }
    const talk = [
      user('Is there a ticket on Monday?'),
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'call_7', content: 'seat 12, "by the window"' },
      { role: 'assistant', content: 'There is.' },
      user('Where would I sit?'),
    ]
    expect((await page.ask({ messages: talk, tools })).status).toBe(200)
    const [sent] = fake.requests
    const asked = sent?.body.messages?.at(-1)
    expect(asked?.content).toContain('Where would I sit?')
    expect(asked?.content).toContain('find_ticket({\\"day\\":\\"Monday\\"}) answered earlier in this talk: seat 12')
    expect(sent?.body.messages?.[0]).toMatchObject({ role: 'system', content: expect.not.stringContaining('seat 12') })
  })

  test('may answer with 200 KiB, and not more', async () => {
    const call = { id: 'c', type: 'function', function: { name: 'find_ticket', arguments: '{}' } }
    const ask = (bytes: number) =>
      page.ask<Refused>({
        messages: [
          user('x'),
          { role: 'assistant', content: null, tool_calls: [call] },
          { role: 'tool', tool_call_id: 'c', content: 'é'.repeat(bytes / 2) },
        ],
        tools,
      })
    expect((await ask(200 * 1024)).status).toBe(200)
    const refused = await ask(200 * 1024 + 2)
    expect([refused.status, refused.body.name]).toEqual([413, 'request_too_large'])
  })
})

describe('what was said', () => {
  test('is kept once, and shown to the same person under another token and to nobody else (C16)', async () => {
    const chatId = randomUUID()
    const [mine, later, theirs, nobodys] = await Promise.all([
      openPage(parlor, { user_identifier: 'u1' }),
      openPage(parlor, { user_identifier: 'u1' }),
      openPage(parlor, { user_identifier: 'u2' }),
      openPage(parlor, { user_identifier: '' }),
    ])
    const asked = { messages: [user('What does a ticket cost?')] }
    await mine.ask(asked, { 'gram-chat-id': chatId })
    type List = { chats: { id: string; num_messages: number }[]; total: number }
    type Loaded = { messages: { role: string; content: string; seq: number }[]; has_more_before: boolean }
    const listed = await later.get<List>('/rpc/chat.list')
    expect(listed.body).toMatchObject({ total: 1, chats: [{ id: chatId, num_messages: 2, external_user_id: 'u1' }] })
    const loaded = await later.get<Loaded>(`/rpc/chat.load?id=${chatId}`)
    expect(loaded.body.messages.map(({ role, content }) => `${role}: ${content}`)).toEqual([
      'user: What does a ticket cost?',
      'assistant: Twelve euros [1].',
    ])
    expect((await later.post('/rpc/chat.generateTitle', { id: chatId })).body).toEqual({
      title: 'What does a ticket cost?',
    })
    expect((await later.post('/rpc/chat.submitFeedback', { id: chatId, feedback: 'success' })).body).toEqual({
      success: true,
    })
    for (const other of [theirs, nobodys]) {
      expect((await other.get<List>('/rpc/chat.list')).body).toEqual({ chats: [], total: 0 })
      expect((await other.get(`/rpc/chat.load?id=${chatId}`)).status).toBe(404)
      expect((await other.ask(asked, { 'gram-chat-id': chatId })).status).toBe(404)
      expect((await other.get(`/chat/turnstream?chat_id=${chatId}`)).status).toBe(404)
    }
  })

  test('survives a kill, with the token that said it', async () => {
    const chatId = randomUUID()
    const { status } = await page.ask<Completion>({ messages: [user('Ticket?')] }, { 'gram-chat-id': chatId })
    expect(status).toBe(200)
    await parlor.restart()
    const loaded = await page.get<{ messages: { content: string }[] }>(`/rpc/chat.load?id=${chatId}`)
    expect(loaded.body.messages.map(({ content }) => content)).toEqual(['Ticket?', 'Twelve euros [1].'])
  })
})

test('without a model the documents answer, in the same shape, and say when they hold nothing', async () => {
  await using quoting = await startParlor()
  await furnishMuseum(quoting, 'default')
  const own = await openPage(quoting)
  const found = await own.ask({ messages: [user('What does a ticket cost?')] })
  expect(found.body.choices[0]?.message.content).toContain('twelve euros')
  expect(found.body.citations[0]).toMatchObject({
    source: 'visiting.md',
    url: expect.stringContaining('https://museum.example/visit'),
  })
  expect(found.body.usage.total_tokens).toBeGreaterThanOrEqual(0)
  const missing = await own.ask({ messages: [user('Who painted the ceiling of the Sistine Chapel?')] })
  expect(missing.status).toBe(200)
  expect(missing.body.choices[0]?.message).toMatchObject({ citations: [], content: expect.stringMatching(/\w/) })
  expect(missing.body.citations).toEqual([])
  const stream = await own.stream({ messages: [user('When does the museum open?')] })
  await stream.over
  expect(wordsOf(stream)).toContain('nine in the morning')
})

test('a session that has had all its messages is answered 402 and is over', async () => {
  await using small = await startParlor({ env: { PARLOR_LIMIT_MESSAGES: '2' } })
  const own = await openPage(small)
  const statuses: number[] = []
  for (let i = 0; i < 4; i++) statuses.push((await own.ask({ messages: [user('x')] })).status)
  expect(statuses).toEqual([200, 200, 402, 401])
})

test('tokens are a limit as well, looked at before the model is asked', async () => {
  const env = { PARLOR_LLM_BASE_URL: fake.baseUrl, PARLOR_LLM_MODEL: 'house-model', PARLOR_LIMIT_TOKENS: '30' }
  await using small = await startParlor({ env })
  const own = await openPage(small)
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }
  fake.always({ does: 'says', words: ['Hello.'], usage })
  const statuses: number[] = []
  for (let i = 0; i < 4; i++) statuses.push((await own.ask({ messages: [user('x')] })).status)
  expect(statuses).toEqual([200, 200, 402, 401])
  expect(fake.requests).toHaveLength(2)
})

test('of many questions at once no more are answered than the session may ask', async () => {
  const env = { PARLOR_LLM_BASE_URL: fake.baseUrl, PARLOR_LLM_MODEL: 'house-model', PARLOR_LIMIT_MESSAGES: '3' }
  await using small = await startParlor({ env })
  const own = await openPage(small)
  fake.always({ does: 'says', words: ['Hello.'] })
  const answers = await Promise.all(Array.from({ length: 8 }, () => own.ask({ messages: [user('x')] })))
  expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(3)
  expect(answers.filter(({ status }) => status === 402).length).toBeGreaterThan(0)
  expect(answers.every(({ status }) => [200, 401, 402].includes(status))).toBe(true)
  expect(fake.requests.length).toBeLessThanOrEqual(3)
})
