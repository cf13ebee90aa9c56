import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ChatHouse, fromSite, openChatHouse } from './testing/open-chat-house.ts'
import { handbook, text, toldBrain } from './testing/told-brain.ts'

const brain = toldBrain()
let house: ChatHouse
let session: Awaited<ReturnType<ChatHouse['session']>>

beforeAll(async () => {
  house = await openChatHouse({ brain })
  session = await house.session()
})
afterAll(() => house.close())

const ask = (body: object, headers: Record<string, string> = {}, who = session) =>
  house.app.inject({
    method: 'POST',
    url: '/chat/completions',
    headers: fromSite(who, headers),
    payload: { model: 'any', ...body },
  })
const user = (content: unknown) => ({ role: 'user', content })
const chunksIn = (body: string) =>
  body
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice(6)))

describe('an answer that is not streamed', () => {
  it('comes whole, in OpenAI’s shape, with its citations in both places and what it cost', async () => {
    brain.says(text('It is '), { type: 'citation', citation: handbook }, text('here.'), {
      type: 'usage',
      inputTokens: 7,
      outputTokens: 3,
    })
    const answer = await ask({ messages: [user('where?')], model: 'gpt-anything' })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['gram-chat-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(answer.json()).toEqual({
      id: expect.stringMatching(/^chatcmpl-/),
      object: 'chat.completion',
      created: expect.any(Number),
      model: 'gpt-anything',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'It is here.', refusal: null, citations: [handbook] },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
      citations: [handbook],
    })
  })
})

describe('a streamed answer', () => {
  it('says who speaks first, then the words, why it ended, and what it cost where that is wished', async () => {
    brain.says(text('One '), text('two.'), { type: 'usage', inputTokens: 1, outputTokens: 2 })
    const answer = await ask({ messages: [user('count')], stream: true, stream_options: { include_usage: true } })
    expect(answer.headers['content-type']).toContain('text/event-stream')
    const chunks = chunksIn(answer.body)
    expect(chunks[0].choices[0].delta).toEqual({ role: 'assistant', content: '' })
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe('One two.')
    expect(chunks.at(-2)).toMatchObject({
      citations: [],
      choices: [{ finish_reason: 'stop', delta: { citations: [] } }],
    })
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 3 } })
    expect(answer.body.endsWith('data: [DONE]\n\n')).toBe(true)
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1)
  })

  it('carries calls of the caller’s tools whole', async () => {
    const call = { id: 'c1', name: 'look_up', arguments: '{"a":1}' }
    brain.says({ type: 'tool_call', call })
    const tools = [{ type: 'function', function: { name: 'look_up', parameters: { type: 'object' } } }]
    const answer = await ask({ messages: [user('look')], tools, stream: true })
    const chunks = chunksIn(answer.body)
    expect(chunks[1].choices[0].delta.tool_calls).toEqual([
      { index: 0, id: 'c1', type: 'function', function: { name: 'look_up', arguments: '{"a":1}' } },
    ])
    expect(chunks.at(-1).choices[0].finish_reason).toBe('tool_calls')
    expect(brain.asked.at(-1)?.context.calling?.tools).toMatchObject([{ name: 'look_up' }])
  })
})

describe('what is kept', () => {
  it('is the question and the answer, once, also when the question is sent again', async () => {
    const chatId = randomUUID()
    const headers = { 'gram-chat-id': chatId }
    await ask({ messages: [user('first')] }, headers)
    brain.says({ type: 'usage', inputTokens: 1, outputTokens: 0 })
    const failed = await ask(
      { messages: [user('first'), { role: 'assistant', content: 'x' }, user('second')] },
      headers,
    )
    expect(failed.statusCode).toBe(502)
    await ask({ messages: [user('first'), { role: 'assistant', content: 'x' }, user('second')] }, headers)
    const stored = await house.stores.chats.listMessages(house.project.id, chatId, { limit: 10 })
    expect(stored.map(({ role, text: words }) => `${role}: ${words}`)).toEqual([
      'user: first',
      'assistant: You asked: first',
      'user: second',
      'assistant: You asked: second',
    ])
  })
})

describe('what is wrong with a request', () => {
  const refusals: [string, object, number, string][] = [
    ['no messages', { messages: [] }, 400, 'invalid_length'],
    ['nothing that is asked', { messages: [{ role: 'system', content: 'x' }] }, 400, 'missing_field'],
    ['two answers at once', { messages: [user('x')], n: 2 }, 400, 'invalid_range'],
    ['a picture', { messages: [user([{ type: 'image_url', image_url: { url: 'x' } }])] }, 400, 'invalid_field_type'],
    ['an answered question', { messages: [user('x'), { role: 'assistant', content: 'y' }] }, 400, 'invalid_field_type'],
    [
      'a tool nobody called',
      { messages: [user('x'), { role: 'tool', tool_call_id: 'a', content: 'y' }] },
      400,
      'invalid_field_type',
    ],
    [
      'a bad tool’s name',
      { messages: [user('x')], tools: [{ type: 'function', function: { name: 'a b' } }] },
      400,
      'invalid_pattern',
    ],
    ['a long prompt', { messages: [user('x'.repeat(1_100_000))] }, 413, 'request_too_large'],
    ['a huge body', { messages: [user('x'.repeat(2_200_000))] }, 413, 'request_too_large'],
  ]
  it.each(refusals)('is told: %s', async (_, body, status, name) => {
    const answer = await ask(body)
    expect(answer.json()).toMatchObject({ name, error: { code: name, message: expect.stringMatching(/\w/) } })
    expect(answer.statusCode).toBe(status)
  })

  it('is a chat id that is no UUID: 422', async () => {
    const answer = await ask({ messages: [user('x')] }, { 'gram-chat-id': 'mine' })
    expect([answer.statusCode, answer.json().name]).toEqual([422, 'invalid'])
  })
})
