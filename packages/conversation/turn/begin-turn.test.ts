import { expect, it } from 'vitest'
import type { Append, Tail, TranscriptStore } from '../transcript/index.ts'
import { beginTurn, type TurnRules } from './begin-turn.ts'
import { findUnanswered } from './find-unanswered.ts'

const empty: Tail = { lastSeq: 0, lastResponse: 0, conversation: 1, messages: 0, sessionMessages: 0, sessionTokens: 0 }
const noLimit: TurnRules = { maxConversationLength: null, messagesPerSession: null, tokensPerSession: null }

/** Runs one question against a log that stands at `tail` and gives what would be written. */
async function begin(tail: Partial<Tail>, rules: Partial<TurnRules> = {}, known: string[] = []) {
  let written: Append | null = null
  const append: TranscriptStore['append'] = async (_session, _visitor, _at, decide) => {
    written = decide({ ...empty, ...tail }, (id) => known.includes(id))
    return written === null ? null : { events: [], tail: { ...empty, ...tail } }
  }
  const place = { sessionId: 's', visitorId: 'v' }
  const question = { id: 'm1', text: 'why?' }
  const beginning = { now: 0, question, rules: { ...noLimit, ...rules }, seenSeq: empty.lastSeq }
  const begun = await beginTurn({ append } as TranscriptStore, place, beginning)
  return { begun, written: written as Append | null }
}

it('stores the question and the beginning of its answer at once', async () => {
  const { begun, written } = await begin({ lastResponse: 4 })
  expect(begun).toMatchObject({ outcome: 'stored', turn: { response: 5, question: { id: 'm1' } } })
  expect(written?.events.map(({ type }) => type)).toEqual(['user.message', 'message.start'])
  expect(written?.events[1]).toMatchObject({ response: 5, reply_to: 'm1' })
  expect(written).toMatchObject({ beginsResponse: true, messages: [{ id: 'm1', role: 'visitor', text: 'why?' }] })
  expect(written).not.toHaveProperty('resets')
})

it('writes nothing for a known id, whatever the limits say', async () => {
  const { begun, written } = await begin({ sessionMessages: 9 }, { messagesPerSession: 9 }, ['m1'])
  expect([begun.outcome, written]).toEqual(['known', null])
})

it('writes nothing on top of what the node has not seen, not even for a known id or beyond a limit', async () => {
  const { begun, written } = await begin({ lastSeq: 1, sessionMessages: 9 }, { messagesPerSession: 9 }, ['m1'])
  expect([begun.outcome, written]).toEqual(['behind', null])
})

it.each([
  [4, 'stored'],
  [5, 'limit'],
  [6, 'limit'],
])('with %i of 5 messages used up the next one is %s', async (sessionMessages, outcome) => {
  expect((await begin({ sessionMessages }, { messagesPerSession: 5 })).begun.outcome).toBe(outcome)
})

it.each([
  [999, 'stored'],
  [1000, 'limit'],
  [1001, 'limit'],
])('with %i of 1000 tokens used up the next message is %s', async (sessionTokens, outcome) => {
  const { begun, written } = await begin({ sessionTokens }, { tokensPerSession: 1000 })
  expect([begun.outcome, written === null]).toEqual([outcome, outcome === 'limit'])
})

it.each([
  [3, undefined],
  [4, true],
  [5, true],
])('after %i messages of at most 4 a reset is %s', async (messages, resets) => {
  const { written } = await begin({ messages }, { maxConversationLength: 4 })
  expect(written?.resets).toBe(resets)
  expect(written?.events[0]?.type).toBe(resets ? 'notice' : 'user.message')
})

it('finds the question that still waits for its answer', () => {
  const asked = { id: 'm1', role: 'visitor' as const, text: 'why?', at: '' }
  const tail = { ...empty, lastResponse: 3 }
  expect(findUnanswered([asked], tail)).toEqual({ response: 3, question: { id: 'm1', text: 'why?' } })
  expect(findUnanswered([asked, { ...asked, id: 'a3', role: 'agent', response: 3 }], tail)).toBeNull()
  expect(findUnanswered([], tail)).toBeNull()
})

it('finds it also when the answer to an older one was stored after it', () => {
  const late = { id: 'a2', role: 'agent' as const, text: 'because', at: '', response: 2 }
  const asked = ['m2', 'm3'].map((id) => ({ id, role: 'visitor' as const, text: id, at: '' }))
  expect(findUnanswered([...asked, late], { ...empty, lastResponse: 3 })).toMatchObject({ question: { id: 'm3' } })
})
