import { describe, expect, it } from 'vitest'
import { hangs, misbehave, type Script, says, streams } from '../functions/misbehaving-server.test-support.ts'
import { type ChatEvent, createBrowserSession, type StreamChatOptions, streamChat } from './index.ts'

const chatId = '0192c5b2-8a4e-7cc3-8b7e-2f3f0f6f0a11'
const text = (content: string) => ({ choices: [{ index: 0, delta: { content } }] })
const citations = [{ n: 1, title: 'Hours', heading: '', source: 'hours.md' }]
const end = { choices: [{ index: 0, delta: { citations }, finish_reason: 'stop' }], citations }
const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }
const done = 'data: [DONE]\n\n'
const whole = streams([text('We open '), text('at ten.'), end, { choices: [], usage }], 'ends', done)

const frame = (type: string, cursor: string, more: object = {}) => ({ type, cursor, ...more })

async function read(url: string, more: Partial<StreamChatOptions> = {}): Promise<ChatEvent[]> {
  const events: ChatEvent[] = []
  const messages = [{ role: 'user' as const, content: 'When?' }]
  for await (const event of streamChat({ url, token: 'eyJ.a.b', messages, ...more })) events.push(event)
  return events
}

const textOf = (events: ChatEvent[]) => events.map((event) => (event.type === 'text' ? event.text : '')).join('')

describe('an answer', () => {
  it('comes as text, citations and usage, and then as a whole', async () => {
    await using server = await misbehave(whole)
    const events = await read(server.url, { chatId, model: 'any' })
    expect(events.map(({ type }) => type)).toEqual(['text', 'text', 'citations', 'usage', 'done'])
    const answer = { text: 'We open at ten.', citations, toolCalls: [], usage, finish: 'stop' }
    expect(events.at(-1)).toEqual({ type: 'done', answer })
    const [seen] = server.seen
    expect(seen).toMatchObject({ method: 'POST', path: '/chat/completions' })
    expect(seen?.headers).toMatchObject({ 'gram-chat-session': 'eyJ.a.b', 'gram-chat-id': chatId })
    expect(JSON.parse(seen?.body ?? '')).toMatchObject({
      stream: true,
      model: 'any',
      stream_options: { include_usage: true },
    })
    expect(seen?.body).not.toContain('silenceMs')
  })

  it('is read however its bytes are cut', async () => {
    const bytes = Buffer.from(
      `: alive\r\n\r\ndata: ${JSON.stringify(text('Grüezi'), null, 1).replaceAll('\n', '\r\ndata: ')}\r\n\r\n${done}`,
    )
    const script: Script = async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const byte of bytes) await new Promise((sent) => response.write(Uint8Array.of(byte), sent))
      response.end()
    }
    await using server = await misbehave(script)
    expect(textOf(await read(server.url))).toBe('Grüezi')
  })

  it('may be a call of a tool', async () => {
    const call = { id: 'c1', type: 'function', function: { name: 'open', arguments: '{"a":1}' } }
    const last = { choices: [{ delta: { tool_calls: [call] }, finish_reason: 'tool_calls' }] }
    await using server = await misbehave(streams([last], 'ends', done))
    const events = await read(server.url)
    expect(events[0]).toEqual({ type: 'tool_call', call: { id: 'c1', name: 'open', arguments: '{"a":1}' } })
    expect(events.at(-1)).toMatchObject({ type: 'done', answer: { finish: 'tool_calls' } })
  })
})

describe('an answer that is cut', () => {
  it.each<['cuts' | 'hangs' | 'ends', string]>([
    ['cuts', 'connection'],
    ['hangs', 'timeout'],
    ['ends', 'connection'],
  ])('is told as such where its chat is not kept: the stream %s', async (then, reason) => {
    await using server = await misbehave(streams([text('We open ')], then))
    // Only silence may be told by the clock: a busy machine is slow to cut and to end.
    const silenceMs = then === 'hangs' ? 60 : 60_000
    await expect(read(server.url, { silenceMs })).rejects.toMatchObject({ name: 'NoAnswerError', reason })
    expect(server.seen).toHaveLength(1)
  })

  it('is taken up where it was, and no word of it comes twice', async () => {
    await using server = await misbehave(
      streams([text('We open ')], 'cuts'),
      streams([frame('text', '4.10', { text: 'We open at' })], 'cuts'),
      says(503, {}),
      streams([
        frame('text', '4.15', { text: ' ten.' }),
        frame('message', '5', { message: { role: 'assistant', content: 'We open at ten.', citations } }),
        frame('done', '5', { finish_reason: 'stop' }),
      ]),
    )
    const events = await read(server.url, { chatId })
    expect(textOf(events)).toBe('We open at ten.')
    expect(events.at(-1)).toMatchObject({
      type: 'done',
      answer: { text: 'We open at ten.', citations, finish: 'stop' },
    })
    expect(server.seen.map(({ path }) => path)).toEqual([
      '/chat/completions',
      `/chat/turnstream?chat_id=${chatId}`,
      `/chat/turnstream?chat_id=${chatId}&after=4.10`,
      `/chat/turnstream?chat_id=${chatId}&after=4.10`,
    ])
  })

  it('is whole where it was finished in the meantime', async () => {
    const message = { role: 'assistant', content: 'We open at ten.', citations }
    const rest = [frame('message', '5', { message }), frame('done', '5', { finish_reason: 'stop' })]
    await using server = await misbehave(streams([text('We open ')], 'cuts'), streams(rest))
    expect(textOf(await read(server.url, { chatId }))).toBe('We open at ten.')
  })

  it('is given up after three tries in vain', async () => {
    await using silent = await misbehave(streams([text('We open ')], 'cuts'), says(500, {}))
    await expect(read(silent.url, { chatId })).rejects.toMatchObject({ name: 'NoAnswerError' })
    expect(silent.seen).toHaveLength(4)
  })
})

describe('an answer that fails', () => {
  it('says that the token is over, in the middle or when it is taken up', async () => {
    const over = { error: { message: 'The session is over.', type: 'authentication_error', code: 'unauthorized' } }
    await using server = await misbehave(streams([text('We '), over], 'ends'))
    await expect(read(server.url, { chatId })).rejects.toMatchObject({ status: 401, code: 'unauthorized' })
    await using later = await misbehave(
      streams([text('We ')], 'cuts'),
      says(401, { name: 'unauthorized', message: 'The session is over.' }),
    )
    await expect(read(later.url, { chatId })).rejects.toMatchObject({ status: 401, code: 'unauthorized' })
    expect(later.seen).toHaveLength(2)
  })

  it('is never asked for a second time', async () => {
    await using broken = await misbehave(says(500, { name: 'unexpected', message: 'Oh.' }))
    await expect(read(broken.url, { chatId })).rejects.toMatchObject({ status: 500, message: 'Oh.' })
    await using silent = await misbehave(hangs)
    await expect(read(silent.url, { chatId, silenceMs: 50 })).rejects.toMatchObject({ reason: 'timeout' })
    expect([broken.seen.length, silent.seen.length]).toEqual([1, 1])
  })

  it('of another kind is refused', async () => {
    await using server = await misbehave(says(200, '{}'), streams([], 'ends', 'data: {"cho\n\n'))
    for (let n = 0; n < 2; n++)
      await expect(read(server.url, { chatId })).rejects.toMatchObject({ code: 'INVALID_ANSWER' })
  })

  it('of another kind is not listened to', async () => {
    let left = false
    await using server = await misbehave((response) => {
      response.on('close', () => {
        left = true
      })
      response.writeHead(200, { 'content-type': 'text/html' }).write('<html>')
    })
    await expect(read(server.url)).rejects.toMatchObject({ code: 'INVALID_ANSWER' })
    await expect.poll(() => left).toBe(true)
  })

  it('because it was called off says so and is not taken up', async () => {
    await using server = await misbehave(streams([text('We ')], 'hangs'))
    const caller = new AbortController()
    const seen: string[] = []
    const reading = (async () => {
      const asked = { url: server.url, token: 'eyJ', messages: [], chatId, signal: caller.signal }
      for await (const { type } of streamChat(asked)) seen.push(type)
    })()
    await expect.poll(() => seen).toEqual(['text'])
    caller.abort()
    await expect(reading).rejects.toMatchObject({ name: 'NoAnswerError', reason: 'aborted' })
    expect(seen).toEqual(['text'])
    expect(server.seen).toHaveLength(1)
  })

  it('hangs up when its reader leaves', async () => {
    let left = false
    const script: Script = (response) => {
      response.on('close', () => {
        left = true
      })
      streams([text('We '), text('open')], 'hangs')(response)
    }
    await using server = await misbehave(script)
    for await (const event of streamChat({ url: server.url, token: 'eyJ', messages: [] })) {
      expect(event.type).toBe('text')
      break
    }
    await expect.poll(() => left).toBe(true)
  })
})

describe('a page', () => {
  it.each(['prl_live_1', 'prl_pub_1', 'sk_test_1', 'sk-proj-1', 'gram_live_1', 'GRAM_LOCAL_1', 'prl_op_1', '', 'a b'])(
    'is given no key: %j',
    async (token) => {
      expect(() => createBrowserSession({ url: 'https://parlor.example', token })).toThrow(TypeError)
      await expect(read('https://parlor.example', { token })).rejects.toThrow(TypeError)
    },
  )

  it('is told why', () => {
    const make = () => createBrowserSession({ url: 'https://parlor.example', token: 'prl_live_1' })
    expect(make).toThrow(/Make a session on your backend/)
    expect(() => createBrowserSession({ url: 'parlor.example', token: 'eyJ' })).toThrow('url is no address')
  })
})
