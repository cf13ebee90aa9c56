import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAnswer, type Word } from './read-answer.ts'

const chunk = (delta: unknown, finish: string | null = null, more: object = {}) => ({
  choices: [{ index: 0, delta, finish_reason: finish }],
  ...more,
})

/** All the words of an answer of these chunks. */
function read(chunks: readonly unknown[]): Word[] {
  const answer = readAnswer(() => {})
  const words = chunks.flatMap((one) => answer.take(typeof one === 'string' ? one : JSON.stringify(one)))
  return [...words, ...answer.end()]
}
const textOf = (words: readonly Word[]) => words.map((word) => (word.type === 'text' ? word.text : '')).join('')
const thoughtOf = (words: readonly Word[]) =>
  words.reduce((sum, word) => sum + (word.type === 'thought' ? word.characters : 0), 0)
const stop = chunk({}, 'stop')

describe('an answer', () => {
  it('ends with what the endpoint counted last, and why', () => {
    const counted = { choices: [], usage: { prompt_tokens: 9, completion_tokens: 4 } }
    expect(
      read([chunk({ content: 'Yes.' }, 'length', { usage: null }), counted, { choices: [], usage: null }, '[DONE]']),
    ).toEqual([
      { type: 'text', text: 'Yes.' },
      { type: 'end', isCut: true, inputTokens: 9, outputTokens: 4 },
    ])
    expect(read([stop]).at(-1)).toEqual({ type: 'end', isCut: false, inputTokens: undefined, outputTokens: undefined })
  })

  it.each([
    ['a tag', [{ content: '<think>plan</think>Yes.' }]],
    ['a field', [{ reasoning_content: 'plan' }, { content: 'Yes.' }]],
    ['the same field with another name', [{ reasoning: 'plan', content: null }, { content: 'Yes.' }]],
    ['parts', [{ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'plan' }] }] }, { content: 'Yes.' }]],
  ])('keeps apart what is thought in %s', (_, deltas) => {
    const words = read([...deltas.map((delta) => chunk(delta)), stop])
    expect([textOf(words), thoughtOf(words)]).toEqual(['Yes.', 4])
  })

  it('gives out what looked like the beginning of a thought before one that comes beside it', () => {
    const words = read([chunk({ content: 'a <th' }), chunk({ reasoning: 'hm' }), chunk({ content: 'ink>' }), stop])
    expect(textOf(words)).toBe('a <think>')
  })

  it('may be parts, and a refusal', () => {
    const content = [{ type: 'text', text: 'I ' }, { type: 'image' }, { type: 'text', text: 'will ' }]
    expect(textOf(read([chunk({ content }), chunk({ refusal: 'not.' }), stop]))).toBe('I will not.')
  })

  it('is heard where something is said, thought or called, and nowhere else', () => {
    let heard = 0
    const answer = readAnswer(() => {
      heard += 1
    })
    const take = (delta: unknown) => answer.take(JSON.stringify(chunk(delta)))
    for (const delta of [{ role: 'assistant', content: '' }, {}, null, { reasoning: '' }]) take(delta)
    expect(heard).toBe(0)
    take({ content: '<thi' })
    take({ reasoning: 'hm' })
    take({ tool_calls: [{ index: 0, function: { name: 'open' } }] })
    expect(heard).toBe(3)
  })

  it.each([
    '{{{',
    '7',
    'null',
    '{}',
    '{"choices":7}',
    '{"choices":[7]}',
    '{"choices":[{"delta":7}]}',
    '{"choices":[{"delta":{"content":7}}]}',
    '{"choices":[{"delta":{"tool_calls":7}}]}',
    '{"choices":[{"delta":{"tool_calls":[7]}}]}',
    '{"error":{"message":"no"}}',
    '{"choices":[],"error":{"message":"no"}}',
  ])('is broken by %s', (event) => {
    expect(() => read([chunk({ content: 'Well' }), event, stop])).toThrow(expect.objectContaining({ kind: 'broken' }))
  })

  it('is broken when it does not say why it is over', () => {
    expect(() => read([chunk({ content: 'Well' })])).toThrow(expect.objectContaining({ kind: 'broken' }))
  })
})

describe('the AI SDK reads the same', () => {
  const texts = fc.constantFrom('', 'word ', '<', '\n', 'é€')
  const delta = fc.oneof(
    fc.record({ content: texts }),
    fc.record({ reasoning_content: texts }),
    fc.record({ role: fc.constant('assistant'), content: fc.constant(null) }),
    fc.record({ content: fc.array(fc.record({ type: fc.constant('text'), text: texts }), { maxLength: 3 }) }),
  )
  const piece = fc.record({
    index: fc.integer({ min: 0, max: 2 }),
    args: fc.array(fc.constantFrom('{"a":', '1', '}', '"'), { maxLength: 4 }),
  })
  const usage = fc.option(fc.record({ prompt_tokens: fc.nat(), completion_tokens: fc.nat() }))
  const reason = fc.constantFrom('stop', 'length', 'tool_calls')

  it('of words, thoughts, calls and counts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(delta),
        fc.array(piece, { maxLength: 3 }),
        usage,
        reason,
        async (deltas, calls, count, why) => {
          const chunks = [
            ...deltas.map((one) => chunk(one)),
            ...calls.flatMap(({ args }, index) => callInPieces(index, args)),
            chunk({}, why),
            { choices: [], usage: count },
          ]
          const words = read(chunks)
          expect(sum(words)).toEqual(await readBySdk(chunks))
        },
      ),
      { numRuns: 200 },
    )
  })
})

function callInPieces(index: number, args: readonly string[]): object[] {
  const begin = { index, id: `call-${index}`, type: 'function', function: { name: `tool-${index}`, arguments: '' } }
  return [
    chunk({ tool_calls: [begin] }),
    ...args.map((text) => chunk({ tool_calls: [{ index, function: { arguments: text } }] })),
  ]
}

type Sum = { said: string; thought: number; calls: object[]; isCut: boolean; counts: (number | undefined)[] }

function sum(words: readonly Word[]): Sum {
  const end = words.at(-1)
  if (end?.type !== 'end') throw new Error('it has no end')
  return {
    said: textOf(words),
    thought: thoughtOf(words),
    calls: words.flatMap((word) => (word.type === 'call' ? [word.call] : [])),
    isCut: end.isCut,
    counts: [end.inputTokens, end.outputTokens],
  }
}

async function readBySdk(chunks: readonly unknown[]): Promise<Sum> {
  const body = `${chunks.map((one) => `data: ${JSON.stringify(one)}\n\n`).join('')}data: [DONE]\n\n`
  const fetch = async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  const sdk = createOpenAICompatible({ name: 'endpoint', baseURL: 'http://endpoint.test/v1', fetch })
  const { stream } = await sdk('m').doStream({ prompt: [] })
  const read: Sum = { said: '', thought: 0, calls: [], isCut: false, counts: [] }
  for await (const part of stream) {
    if (part.type === 'text-delta') read.said += part.delta
    if (part.type === 'reasoning-delta' || part.type === 'tool-input-delta') read.thought += part.delta.length
    if (part.type === 'tool-input-start') read.thought += part.toolName.length
    if (part.type === 'tool-call') read.calls.push({ id: part.toolCallId, name: part.toolName, arguments: part.input })
    if (part.type !== 'finish') continue
    read.isCut = part.finishReason.unified === 'length'
    read.counts = [part.usage.inputTokens.total, part.usage.outputTokens.total]
  }
  return read
}
