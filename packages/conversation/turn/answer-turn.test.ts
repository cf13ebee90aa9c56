import { expect, it } from 'vitest'
import type { Brain, BrainContext } from '../brain/index.ts'
import type { Append, StoredEvent, Tail, TranscriptStore } from '../transcript/index.ts'
import { answerId, isAnswerId } from './answer-id.ts'
import { answerTurn, leaveUnanswered } from './answer-turn.ts'

const tail: Tail = { lastSeq: 2, lastResponse: 1, conversation: 1, messages: 1, sessionMessages: 1, sessionTokens: 0 }
const reply: Brain['reply'] = async function* () {
  yield { type: 'usage', inputTokens: 70, outputTokens: 9 }
  yield { type: 'text', text: 'It is.' }
  yield { type: 'done', answerMode: 'quotation', grounded: true }
}

/** Answers response 1 in a log that holds the messages `known`; gives what was written and told. */
async function answer(known: string[], prepare = (_: AbortController) => {}) {
  const written: (Append | null)[] = []
  const told: (readonly StoredEvent[] | null)[] = []
  const append: TranscriptStore['append'] = async (_session, _visitor, at, decide) => {
    const wanted = decide(tail, (id) => known.includes(id))
    written.push(wanted)
    return wanted && { events: wanted.events.map((body, n) => ({ seq: 3 + n, at, body })), tail }
  }
  const controller = new AbortController()
  prepare(controller)
  const result = await answerTurn(
    {
      transcripts: { append } as TranscriptStore,
      brain: { mode: 'scripted', reply },
      clock: { now: () => 0 },
      timers: { after: () => () => {} },
      silenceMs: 1,
    },
    { sessionId: 's', visitorId: 'v' },
    { response: 1, question: { id: 'm1', text: 'is it?' } },
    {
      exclusively: (work) => work(),
      tell: async (events) => void told.push(events),
      hear: () => {},
      heard: () => '',
      failed: () => {},
    },
    { controller, brief: async () => ({ model: '' }) as BrainContext },
  )
  return { result, written, told }
}

it('an answer is stored under an id no client may use, and then told', async () => {
  const { result, written, told } = await answer(['m1'])
  expect(result).toMatchObject({ finish: 'complete', text: 'It is.' })
  expect(written).toMatchObject([{ messages: [{ id: answerId(1), response: 1 }], tokens: 79 }])
  expect(told).toMatchObject([[{ seq: 3, body: { type: 'message.end', id: answerId(1) } }]])
  expect([isAnswerId(answerId(1)), isAnswerId('m1')]).toEqual([true, false])
})

it('one that comes second is not stored, only what it cost, and the stage is told that another one stands', async () => {
  const { result, written, told } = await answer(['m1', answerId(1)])
  expect([result, written, told]).toEqual([null, [{ events: [], tokens: 79 }], [null]])
})

it('one that is left to another node is neither stored nor told', async () => {
  const { result, written, told } = await answer(['m1'], (controller) => controller.abort(leaveUnanswered))
  expect([result, written, told]).toEqual([null, [], []])
})
