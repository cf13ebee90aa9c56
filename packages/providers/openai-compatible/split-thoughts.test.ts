import { extractReasoningMiddleware, simulateReadableStream, wrapLanguageModel } from 'ai'
import { MockLanguageModelV4 } from 'ai/test'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitThoughts } from './split-thoughts.ts'

function split(pieces: readonly string[]) {
  const thoughts = splitThoughts()
  const stretches = [...pieces.flatMap((piece) => thoughts.take(piece)), ...thoughts.end()]
  const join = (isThought: boolean) =>
    stretches
      .filter((stretch) => stretch.isThought === isThought)
      .map(({ text }) => text)
      .join('')
  return { said: join(false), thought: join(true), stretches }
}

describe('what a model thinks', () => {
  it.each([
    [['Twelve.'], 'Twelve.', ''],
    [['<think>a plan</think>Twelve.'], 'Twelve.', 'a plan'],
    [['<thi', 'nk>a', ' plan</', 'think', '>Twelve.'], 'Twelve.', 'a plan'],
    [['A<think>b</think>C<think>d</think>E'], 'A\nC\nE', 'bd'],
    [['<think>never ends'], '', 'never ends'],
    [['1 < 2 and <thin'], '1 < 2 and <thin', ''],
    [['<think></think>', 'Twelve', '.'], 'Twelve.', ''],
    [['x</think>y'], 'x</think>y', ''],
  ])('is told from what it says: %j', (pieces, said, thought) => {
    expect(split(pieces)).toMatchObject({ said, thought })
  })

  it('is held back no longer than it may be a tag', () => {
    const thoughts = splitThoughts()
    expect(thoughts.take('2 <')).toEqual([{ isThought: false, text: '2 ' }])
    expect(thoughts.take(' 3')).toEqual([{ isThought: false, text: '< 3' }])
    expect(thoughts.take('')).toEqual([])
  })

  it('is what the AI SDK takes for it, however the answer is cut', async () => {
    const piece = fc.constantFrom('<think>', '</think>', '<', 'think', '>', '/', 'word ', '\n', '<th', 'ink>')
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const { said } = split(pieces)
        expect(said).toBe(await saidBySdk(pieces))
      }),
      { numRuns: 300 },
    )
  })
})

async function saidBySdk(pieces: readonly string[]): Promise<string> {
  const model = new MockLanguageModelV4({
    doStream: async () => ({
      stream: simulateReadableStream({
        initialDelayInMs: null,
        chunkDelayInMs: null,
        chunks: [
          { type: 'text-start', id: '1' },
          ...pieces.map((delta) => ({ type: 'text-delta', id: '1', delta }) as const),
          { type: 'text-end', id: '1' },
        ],
      }),
    }),
  })
  const wrapped = wrapLanguageModel({ model, middleware: extractReasoningMiddleware({ tagName: 'think' }) })
  const { stream } = await wrapped.doStream({ prompt: [] })
  const said: string[] = []
  for await (const part of stream) if (part.type === 'text-delta') said.push(part.delta)
  return said.join('')
}
