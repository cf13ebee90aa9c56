import { describe, expect, it } from 'vitest'
import type { Brain, BrainContext, BrainMode, BrainPart } from '../brain/index.ts'
import { composeAnswer, failureSentence, longestAnswer } from './compose-answer.ts'

const context: BrainContext = {
  instructions: '',
  agentName: 'Ada',
  greeting: null,
  locale: null,
  history: [],
  question: 'why?',
  knowledgeBase: null,
  model: 'extractive',
}
const citation = { n: 1, title: 'T', heading: '', source: 's.md' }
const done: BrainPart = { type: 'done', answerMode: 'quotation', grounded: true }
const text = (words: string): BrainPart => ({ type: 'text', text: words })

/** A stage and a timer that the test moves by hand. */
function stage(reply: Brain['reply'], brief = async () => context, modeFor?: () => BrainMode) {
  const controller = new AbortController()
  const timer = { run: () => {}, set: 0, off: 0 }
  let said = ''
  const answer = composeAnswer({
    brain: { mode: 'scripted', reply, ...(modeFor && { modeFor }) },
    brief,
    controller,
    timers: {
      after: (_, work) => {
        timer.run = work
        timer.set += 1
        return () => {
          timer.off += 1
        }
      },
    },
    silenceMs: 60_000,
    hear: (piece) => {
      said += piece
    },
    heard: () => said,
  })
  return { answer, controller, timer, said: () => said }
}

async function* parts(...all: BrainPart[]): AsyncGenerator<BrainPart> {
  yield* all
}
const never = () => new Promise<never>(() => {})
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('an answer', () => {
  it('is words alone: whoever talks here offers no tools, so a call is nothing', async () => {
    const call: BrainPart = { type: 'tool_call', call: { id: '1', name: 'open', arguments: '{}' } }
    const { answer, said } = stage(() => parts(text('It '), call, text('is.'), done))
    expect(await answer).toMatchObject({ text: 'It is.', finish: 'complete' })
    expect(said()).toBe('It is.')
    const silent = stage(() => parts(call, done))
    expect(await silent.answer).toMatchObject({ text: failureSentence, finish: 'failed' })
  })

  it('is what the brain said, with its citations', async () => {
    const { answer, said, timer } = stage(() => parts(text('It '), { type: 'citation', citation }, text('is.'), done))
    expect(await answer).toEqual({
      text: 'It is.',
      citations: [citation],
      answerMode: 'quotation',
      grounded: true,
      finish: 'complete',
    })
    expect(said()).toBe('It is.')
    expect(timer.off).toBe(timer.set)
  })

  it('that fails before the first word is a sentence that says so', async () => {
    const cause = new Error('secret detail')
    const { answer, said } = stage(() => {
      throw cause
    })
    expect(await answer).toMatchObject({ text: failureSentence, answerMode: 'notice', finish: 'failed', cause })
    expect(said()).toBe(failureSentence)
  })

  it('that fails later keeps what was said', async () => {
    const { answer } = stage(async function* () {
      yield text('Well')
      throw new Error('broken')
    })
    expect(await answer).toMatchObject({ text: `Well\n\n${failureSentence}`, finish: 'failed' })
  })

  it('that cannot even be briefed fails like any other', async () => {
    const brief = () => Promise.reject(new Error('no agent'))
    expect(await stage(() => parts(done), brief).answer).toMatchObject({ finish: 'failed' })
  })

  it('without a word is a failure, also when the brain says it is done', async () => {
    expect(await stage(() => parts(done)).answer).toMatchObject({ finish: 'failed', text: failureSentence })
    expect(await stage(() => parts(text(' '))).answer).toMatchObject({ finish: 'failed' })
  })

  it('is cut where it is too long, and the brain is told to stop', async () => {
    let returned = false
    const { answer, controller } = stage(async function* () {
      try {
        for (;;) yield text('x'.repeat(1000))
      } finally {
        returned = true
      }
    })
    const { text: all, finish } = await answer
    expect([all.length, finish]).toEqual([longestAnswer, 'limit'])
    await settle()
    expect([returned, controller.signal.aborted]).toEqual([true, true])
  })
})

describe('what an answer cost', () => {
  const usage = (outputTokens: number): BrainPart => ({ type: 'usage', inputTokens: 70, outputTokens })

  it('is what the brain said last', async () => {
    const { answer } = stage(() => parts(usage(0), text('It is.'), usage(9), done))
    expect(await answer).toMatchObject({ finish: 'complete', usage: { inputTokens: 70, outputTokens: 9 } })
  })

  it('is known of an answer that was interrupted or failed, too', async () => {
    const { answer, controller } = stage(async function* () {
      yield usage(1)
      await never()
    })
    await settle()
    controller.abort()
    expect(await answer).toMatchObject({ finish: 'interrupted', usage: { inputTokens: 70, outputTokens: 1 } })
    const failing = stage(async function* () {
      yield usage(2)
      throw new Error('broken')
    })
    expect(await failing.answer).toMatchObject({ finish: 'failed', usage: { outputTokens: 2 } })
  })
})

it('an answer its model had to cut is marked as cut', async () => {
  const { answer } = stage(() =>
    parts(text('It is'), { type: 'done', answerMode: 'model', grounded: true, isCut: true }),
  )
  expect(await answer).toMatchObject({ text: 'It is', finish: 'limit', answerMode: 'model', grounded: true })
})

it('what answers for the agent decides how an unfinished answer is called', async () => {
  const chosen = stage(async function* () {
    yield text('Well')
    throw new Error('broken')
  })
  expect(await chosen.answer).toMatchObject({ answerMode: 'quotation' })
  const byModel = stage(
    async function* () {
      yield text('Well')
      throw new Error('broken')
    },
    undefined,
    () => 'llm',
  )
  expect(await byModel.answer).toMatchObject({ answerMode: 'model', finish: 'failed' })
})

describe('a brain that says nothing for too long', () => {
  it.each(['before the first word', 'after it'])('%s is given up, even when it ignores the signal', async (when) => {
    const { answer, timer, controller } = stage(async function* () {
      if (when === 'after it') yield text('Hm')
      await never()
    })
    await settle()
    timer.run()
    expect(await answer).toMatchObject({ finish: 'failed' })
    expect(controller.signal.aborted).toBe(true)
  })
})

describe('an interruption', () => {
  it('keeps what was heard, even when the brain ignores it', async () => {
    const { answer, controller } = stage(async function* () {
      yield text('Half a ')
      yield { type: 'citation', citation }
      await never()
    })
    await settle()
    controller.abort()
    expect(await answer).toMatchObject({
      text: 'Half a ',
      citations: [citation],
      finish: 'interrupted',
      grounded: false,
    })
  })

  it('before the first word, or before the brain was asked, leaves an empty answer', async () => {
    const hanging = stage(() => parts(done), never)
    hanging.controller.abort()
    expect(await hanging.answer).toMatchObject({ text: '', citations: [], finish: 'interrupted' })
  })

  it('is no failure when the brain throws because of it', async () => {
    const { answer, controller } = stage(async function* (_, signal) {
      yield text('Half')
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
    })
    await settle()
    controller.abort()
    const { finish, cause } = await answer
    expect([finish, cause]).toEqual(['interrupted', undefined])
  })
})
