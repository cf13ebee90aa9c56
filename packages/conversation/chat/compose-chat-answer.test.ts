import { describe, expect, it } from 'vitest'
import type { Brain, BrainContext, BrainPart } from '../brain/index.ts'
import { composeChatAnswer, longestChatAnswer, tooLate } from './compose-chat-answer.ts'

const context: BrainContext = {
  instructions: '',
  agentName: 'Ada',
  greeting: null,
  locale: null,
  history: [],
  question: 'why?',
  knowledgeBase: null,
  model: '',
}
const done: BrainPart = { type: 'done', answerMode: 'model', grounded: true }
const text = (words: string): BrainPart => ({ type: 'text', text: words })
const call = { id: 'c', name: 'f', arguments: '{}' }
const usage: BrainPart = { type: 'usage', inputTokens: 3, outputTokens: 2 }
const citation = { n: 1, title: 'T', heading: '', source: 's.md' }

/** A timer that the test moves by hand. */
function compose(reply: Brain['reply'], brief = async () => context) {
  const controller = new AbortController()
  const timer = { run: () => {}, isOn: false }
  const heard: BrainPart[] = []
  const answer = composeChatAnswer({
    brain: { mode: 'scripted', reply },
    brief,
    controller,
    timers: {
      after: (_, work) => {
        Object.assign(timer, { run: work, isOn: true })
        return () => {
          timer.isOn = false
        }
      },
    },
    silenceMs: 60_000,
    hear: (part) => heard.push(part),
  })
  return { answer, controller, timer, heard }
}

async function* parts(...all: BrainPart[]): AsyncGenerator<BrainPart> {
  yield* all
}
async function* failing(...all: BrainPart[]): AsyncGenerator<BrainPart> {
  yield* all
  throw new Error('a provider broke')
}
const never = () => new Promise<never>(() => {})

describe('an answer', () => {
  it('is all the brain said, and is told as it comes', async () => {
    const { answer, heard, timer } = compose(() =>
      parts(text('It '), { type: 'citation', citation }, usage, text('is.'), done),
    )
    expect(await answer).toEqual({
      text: 'It is.',
      toolCalls: [],
      citations: [citation],
      finish: 'stop',
      usage: { inputTokens: 3, outputTokens: 2 },
    })
    expect(heard).toEqual([text('It '), text('is.')])
    expect(timer.isOn).toBe(false)
  })

  it.each<[string, BrainPart[], string]>([
    ['tool_calls', [{ type: 'tool_call', call }, done], 'with calls'],
    ['length', [text('a'), { ...done, isCut: true }], 'cut by the model'],
    ['length', [text('a'.repeat(longestChatAnswer + 1)), done], 'too long'],
    ['failed', [text('a')], 'without an end'],
    ['failed', [done], 'with nothing in it'],
    ['failed', [], 'that never began'],
  ])('ends as %s: %s', async (finish, all) => {
    const answer = await compose(() => parts(...all)).answer
    expect(answer.finish).toBe(finish)
    expect(answer.text.length).toBeLessThanOrEqual(longestChatAnswer)
    expect(answer.cause instanceof Error).toBe(finish === 'failed')
  })

  it('keeps what was said when the brain breaks', async () => {
    const answer = await compose(() => failing(text('Half'), usage)).answer
    expect(answer).toMatchObject({ finish: 'failed', text: 'Half', usage: { inputTokens: 3 } })
    expect(answer.cause).toMatchObject({ message: 'a provider broke' })
  })

  it('fails with what hindered the brief', async () => {
    const cause = new Error('the store is gone')
    expect(
      await compose(
        () => parts(done),
        () => Promise.reject(cause),
      ).answer,
    ).toMatchObject({ finish: 'failed', cause })
  })

  it('is stopped by its signal, also where the brain does not care', async () => {
    const { answer, controller } = compose(async function* () {
      yield text('Half')
      yield await never()
    })
    await new Promise((resolve) => setImmediate(resolve))
    controller.abort({ why: 'left' })
    expect(await answer).toMatchObject({ finish: 'stopped', text: 'Half' })
  })

  it('is given up when nothing came between two looks, and only then', async () => {
    let say = (_: BrainPart) => {}
    const { answer, controller, timer } = compose(async function* () {
      yield await new Promise<BrainPart>((resolve) => {
        say = resolve
      })
      yield await never()
    })
    await new Promise((resolve) => setImmediate(resolve))
    say(text('Half'))
    await new Promise((resolve) => setImmediate(resolve))
    timer.run()
    expect(controller.signal.aborted).toBe(false)
    timer.run()
    expect(await answer).toMatchObject({ finish: 'failed', text: 'Half', cause: tooLate })
  })
})
