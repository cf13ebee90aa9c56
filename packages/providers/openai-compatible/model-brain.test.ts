import type { BrainContext, BrainPart } from '@parlor/conversation/brain'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Fetch } from './careful-fetch.ts'
import { modelBrain } from './model-brain.ts'
import { findAlways, passage } from './testing/passages.ts'

const context: BrainContext = {
  instructions: 'You are the guide.',
  agentName: 'Ada',
  greeting: null,
  locale: null,
  history: [],
  question: 'How much is a ticket?',
  knowledgeBase: { id: 'kb', name: 'Museum' },
  model: 'house-model',
}

/** What the endpoint sends for one piece of an answer, and for its end. */
const piece = (delta: object, more: object = {}) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: null }], ...more })}\n\n`
const words = (...texts: string[]) => texts.map((content) => piece({ content }))
const end = (usage?: object) =>
  `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: 'stop' }], usage })}\n\ndata: [DONE]\n\n`
const finish = end({ prompt_tokens: 77, completion_tokens: 11 })
const failure = 'data: {"error":{"message":"the key is geheim"}}\n\n'

/** A brain over an endpoint that sends these, or a stream of its own. */
function brainOver(
  sent: string[] | ReadableStream<Uint8Array>,
  found = findAlways([passage('Twelve euros.'), passage('Free.', 'b.md')]),
) {
  const signals: (AbortSignal | null | undefined)[] = []
  const asked: { model: string; messages: object[] }[] = []
  const fetch: Fetch = async (_, init) => {
    signals.push(init?.signal)
    asked.push(JSON.parse(String(init?.body)))
    return new Response(Array.isArray(sent) ? sent.join('') : sent)
  }
  return { brain: modelBrain({ retriever: found.retriever, endpoint: { ...endpoint, fetch } }), signals, asked, found }
}
const endpoint = { baseUrl: 'http://endpoint.test/v1', apiKey: null }

async function collect(parts: AsyncIterable<BrainPart>, into: BrainPart[] = []): Promise<BrainPart[]> {
  for await (const part of parts) into.push(part)
  return into
}
const textOf = (parts: BrainPart[]) => parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
const never = new AbortController().signal

describe('an answer', () => {
  it('names each source once, before the text that uses it, and ends with its cost', async () => {
    const { brain, asked } = brainOver([...words('Twelve [2', '], free [2][1][7].'), finish])
    const parts = await collect(brain.reply(context, never))
    expect(textOf(parts)).toBe('Twelve [2], free [2][1].')
    const order = parts.flatMap<string | number>((part) =>
      part.type === 'citation' ? [part.citation.n] : part.type === 'text' ? [part.text] : [],
    )
    expect(order).toEqual(['Twelve', ' ', 2, '[2], free [2]', 1, '[1].'])
    const cited = parts.find((part) => part.type === 'citation')
    expect(cited).toMatchObject({ citation: { source: 'b.md', url: 'https://museum.example/visit#tickets' } })
    expect(parts.at(-2)).toEqual({ type: 'usage', inputTokens: 77, outputTokens: 11 })
    expect(parts.at(-1)).toEqual({ type: 'done', answerMode: 'model', grounded: true })
    expect(asked).toMatchObject([{ model: 'house-model' }])
  })

  it('is not grounded without a citation that exists, and cites nothing without documents', async () => {
    const none = brainOver([...words('Twelve [7].'), finish])
    expect((await collect(none.brain.reply(context, never))).at(-1)).toMatchObject({ grounded: false })
    const { brain, found } = brainOver([...words('Twelve [1].'), finish])
    const parts = await collect(brain.reply({ ...context, knowledgeBase: null }, never))
    expect([textOf(parts), parts.at(-1), found.asked]).toEqual([
      'Twelve.',
      expect.objectContaining({ grounded: false }),
      [],
    ])
  })

  it('leaves out what was thought, and tells by its cost that thinking goes on', async () => {
    const { brain } = brainOver([...words('<think>', 'a plan', ' and more', '</think>', 'Twelve.'), finish])
    const parts = await collect(brain.reply(context, never))
    expect(textOf(parts)).toBe('Twelve.')
    expect(parts.filter(({ type }) => type === 'usage').length).toBeGreaterThan(2)
  })

  it('costs an estimate where the endpoint counts nothing', async () => {
    const zero = end({ prompt_tokens: 0 })
    const { brain } = brainOver([...words('x'.repeat(400)), zero])
    const usage = (await collect(brain.reply(context, never))).findLast((part) => part.type === 'usage')
    expect(usage).toMatchObject({ outputTokens: 100 })
    expect(usage?.inputTokens).toBeGreaterThan(200)
  })
})

describe('what is looked up', () => {
  it('is the question, with the visitor’s one before it', async () => {
    const { brain, found } = brainOver([...words('Free [1].'), finish])
    const history: BrainContext['history'] = [
      { id: '1', role: 'visitor', text: 'How much is a ticket?', at: '' },
      { id: '2', role: 'agent', text: 'Twelve.', at: '' },
    ]
    await collect(brain.reply({ ...context, history, question: 'And for children?' }, never))
    expect(found.asked).toEqual([{ question: 'And for children?', before: 'How much is a ticket?' }])
  })

  it('is no more than a model can take', async () => {
    const many = findAlways(Array.from({ length: 30 }, (_, n) => passage('x'.repeat(3_000), `${n}.md`)))
    const { brain, asked } = brainOver([...words('Six [5][6].'), finish], many)
    expect(textOf(await collect(brain.reply(context, never)))).toBe('Six [5].')
    expect(JSON.stringify(asked[0]?.messages).length).toBeLessThan(20_000)
  })
})

describe('a model that gives no answer', () => {
  it.each([
    ['blanks', words(' ', '\n')],
    ['thoughts', words('<think>hm</think>')],
  ])('but %s is silent', async (_, chunks) => {
    const { brain } = brainOver([...chunks, finish])
    await expect(collect(brain.reply(context, never))).rejects.toMatchObject({ kind: 'silent' })
  })

  it('breaks with nothing of what it said in the error, after what it said as an answer', async () => {
    const { brain } = brainOver([...words('Twelve [1'), failure])
    const parts: BrainPart[] = []
    const fault = await collect(brain.reply(context, never), parts).catch((thrown: unknown) => thrown)
    expect(fault).toMatchObject({ kind: 'broken' })
    expect((fault as Error).cause).toBeUndefined()
    expect(String((fault as Error).stack)).not.toContain('geheim')
    expect(textOf(parts)).toBe('Twelve [1')
    expect(parts.findLast((part) => part.type === 'usage')?.inputTokens).toBeGreaterThan(0)
  })

  it('costs nothing when it never answered', async () => {
    const { brain } = brainOver([failure])
    const parts: BrainPart[] = []
    await expect(collect(brain.reply(context, never), parts)).rejects.toMatchObject({ kind: 'broken' })
    expect(parts.at(-1)).toEqual({ type: 'usage', inputTokens: 0, outputTokens: 0 })
  })
})

describe('time', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** A stream that a test feeds by hand. */
  function fed() {
    let feed: ReadableStreamDefaultController<Uint8Array> | undefined
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        feed = controller
      },
    })
    return {
      stream,
      feed: (...sent: string[]) => feed?.enqueue(new TextEncoder().encode(sent.join(''))),
      close: () => feed?.close(),
    }
  }

  async function listen(steps: number[], expected: number): Promise<void> {
    const { stream, feed } = fed()
    const { brain, signals } = brainOver(stream)
    const parts: BrainPart[] = []
    let fault: unknown
    const reading = collect(brain.reply(context, never), parts).catch((thrown: unknown) => {
      fault = thrown
    })
    await vi.advanceTimersByTimeAsync(0)
    feed(piece({ role: 'assistant', content: '' }))
    for (const waitMs of steps) {
      await vi.advanceTimersByTimeAsync(waitMs)
      feed(...words('word '))
    }
    await vi.advanceTimersByTimeAsync(expected - 1)
    expect(fault).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    await reading
    expect(fault).toMatchObject({ kind: 'late' })
    expect(signals[0]?.aborted).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  }

  it('runs out 30 s before the first word', () => listen([], 30_000))
  it('runs out 20 s after a word', () => listen([29_000, 19_000], 20_000))
  it('runs out after 120 s whatever is said', () =>
    listen(
      Array.from({ length: 12 }, () => 9_900),
      1_200,
    ))

  it('is over at once for somebody who interrupts, without an error', async () => {
    const { stream, feed } = fed()
    const { brain, signals } = brainOver(stream)
    const controller = new AbortController()
    const parts: BrainPart[] = []
    const reading = collect(brain.reply(context, controller.signal), parts)
    await vi.advanceTimersByTimeAsync(0)
    feed(...words('Twelve'))
    await vi.advanceTimersByTimeAsync(0)
    controller.abort()
    await reading
    expect(textOf(parts)).toBe('Twelve')
    expect(parts.some(({ type }) => type === 'done')).toBe(false)
    expect(signals[0]?.aborted).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is over for the model when nobody listens any more', async () => {
    const { stream, feed } = fed()
    const { brain, signals } = brainOver(stream)
    const parts = brain.reply(context, never)[Symbol.asyncIterator]()
    await parts.next()
    const next = parts.next()
    await vi.advanceTimersByTimeAsync(0)
    feed(...words('Twelve'))
    await next
    await parts.return?.()
    expect(signals[0]?.aborted).toBe(true)
  })

  it('is over for a model that answers somebody who has left', async () => {
    const cancel = vi.fn()
    const answer = Promise.withResolvers<Response>()
    const fetch: Fetch = () => answer.promise
    const brain = modelBrain({ retriever: findAlways([]).retriever, endpoint: { ...endpoint, fetch } })
    const controller = new AbortController()
    const reading = collect(brain.reply(context, controller.signal))
    await vi.advanceTimersByTimeAsync(0)
    controller.abort()
    await reading
    answer.resolve(new Response(new ReadableStream({ cancel })))
    await vi.advanceTimersByTimeAsync(0)
    expect(cancel).toHaveBeenCalledTimes(1)
  })

  it('is kept while a call is written', async () => {
    const { stream, feed, close } = fed()
    const { brain } = brainOver(stream)
    const reading = collect(brain.reply(context, never))
    await vi.advanceTimersByTimeAsync(0)
    const call = (fields: object) => piece({ tool_calls: [{ index: 0, function: fields }] })
    feed(call({ name: 'open', arguments: '' }))
    for (let n = 0; n < 4; n += 1) {
      await vi.advanceTimersByTimeAsync(19_000)
      feed(call({ arguments: '{' }))
    }
    feed(...words('Twelve.'), finish)
    close()
    await vi.advanceTimersByTimeAsync(0)
    expect((await reading).at(-1)).toMatchObject({ type: 'done' })
  })
})
