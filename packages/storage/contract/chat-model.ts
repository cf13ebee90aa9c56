import { randomUUID } from 'node:crypto'
import type { Chat, ChatAppend, ChatMessage, ChatTail, StoredChatMessage } from '@parlor/conversation/chat'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { ContractCase, Opened } from './contract-case.ts'
import { sampleChat } from './samples.ts'

type Written = Pick<ChatAppend, 'messages' | 'asked' | 'tokens'>
type Step = { project: number; chat: number; session: number } & (
  | { do: 'append'; at: number; written: Written }
  | { do: 'nothing' }
  | { do: 'throw' }
  | { do: 'rate'; feedback: 'success' | 'failure' }
)

const message: fc.Arbitrary<ChatMessage> = fc.record(
  {
    id: fc.string(),
    role: fc.constantFrom('user' as const, 'assistant' as const, 'tool' as const),
    text: fc.string(),
    at: fc.nat(),
    toolCalls: fc.constant([{ id: 'c', name: 'f', arguments: '{' }]),
    model: fc.string(),
  },
  { requiredKeys: ['id', 'role', 'text', 'at'] },
)
const written: fc.Arbitrary<Written> = fc.record(
  { messages: fc.array(message, { maxLength: 3 }), asked: fc.nat(3), tokens: fc.nat(9) },
  { requiredKeys: ['messages'] },
)
/** The third session is none. */
const where = { project: fc.nat(1), chat: fc.nat(1), session: fc.nat(2) }
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ ...where, do: fc.constant('append' as const), at: fc.nat(50), written }) },
  { weight: 1, arbitrary: fc.record({ ...where, do: fc.constant('nothing' as const) }) },
  { weight: 1, arbitrary: fc.record({ ...where, do: fc.constant('throw' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      ...where,
      do: fc.constant('rate' as const),
      feedback: fc.constantFrom('success' as const, 'failure' as const),
    }),
  },
)

/** A chat as plain lists, the session's sums beside it. */
interface Model {
  chats: Map<string, { chat: Chat; messages: StoredChatMessage[] }>
  sums: Map<string, { messages: number; tokens: number }>
}

class Refused extends Error {}

interface Place {
  projectId: string
  chatId: string
  sessionId: string | null
}

const keyOf = ({ projectId, chatId }: Place) => `${projectId}/${chatId}`

function tailOf(model: Model, place: Place): ChatTail {
  const known = model.chats.get(keyOf(place))
  const sums = model.sums.get(place.sessionId ?? '')
  const answered = known?.messages.findLastIndex(({ role }) => role === 'assistant') ?? -1
  return {
    chat: known?.chat ?? null,
    unanswered: known?.messages.slice(answered + 1) ?? [],
    sessionMessages: sums?.messages ?? 0,
    sessionTokens: sums?.tokens ?? 0,
  }
}

/** What the append is to answer. */
function write(model: Model, place: Place, at: number, begins: ChatAppend['begins'], wanted: Written) {
  const known = model.chats.get(keyOf(place)) ?? { chat: { ...(begins as Chat), messages: 0 }, messages: [] }
  model.chats.set(keyOf(place), known)
  const stored = wanted.messages.map((one, index) => ({ ...one, seq: known.messages.length + index + 1 }))
  known.messages.push(...stored)
  const updatedAt = stored.length === 0 ? known.chat.updatedAt : Math.max(known.chat.updatedAt, at)
  known.chat = { ...known.chat, updatedAt, messages: known.messages.length }
  if (place.sessionId !== null) {
    const sums = model.sums.get(place.sessionId) ?? { messages: 0, tokens: 0 }
    sums.messages += wanted.asked ?? 0
    sums.tokens += wanted.tokens ?? 0
    model.sums.set(place.sessionId, sums)
  }
  return structuredClone({ chat: known.chat, messages: stored })
}

/** Does a step in the store and in the model; what comes of it is judged once the store is done. */
function perform({ stores: { chats } }: Opened, model: Model, place: Place, step: Step): Promise<void> {
  const before = structuredClone(tailOf(model, place))
  if (step.do === 'rate') {
    const known = model.chats.get(keyOf(place))
    if (known !== undefined) known.chat = { ...known.chat, feedback: step.feedback }
    const outcome = chats.updateChat(place.projectId, place.chatId, { feedback: step.feedback })
    return equals(outcome, known?.chat ?? null)
  }
  if (step.do === 'append') {
    const { chatId: id, projectId, sessionId } = place
    const begins = before.chat === null ? sampleChat({ id, projectId, sessionId, updatedAt: 0 }) : undefined
    const expected = write(model, place, step.at, begins, step.written)
    const outcome = chats.append(place, step.at, (tail) => {
      expect(tail).toEqual(before)
      return { ...step.written, ...(begins && { begins }) }
    })
    return equals(outcome, expected)
  }
  const outcome = chats.append(place, 1, (tail) => {
    expect(tail).toEqual(before)
    if (step.do === 'throw') throw new Refused()
    return null
  })
  return step.do === 'throw' ? refused(outcome) : equals(outcome, null)
}

async function play(opened: Opened, steps: readonly Step[]): Promise<void> {
  const model: Model = { chats: new Map(), sums: new Map() }
  const projects = [randomUUID(), randomUUID()]
  const ids = [randomUUID(), 'plain']
  const sessions = [randomUUID(), randomUUID(), null]
  const placeOf = (step: Step): Place => ({
    projectId: projects[step.project] as string,
    chatId: ids[step.chat] as string,
    sessionId: sessions[step.session] ?? null,
  })
  await Promise.all(steps.map((step) => perform(opened, model, placeOf(step), step)))
  const { chats } = opened.stores
  for (const projectId of projects) {
    const known = ids.flatMap((chatId) => model.chats.get(keyOf({ projectId, chatId, sessionId: null })) ?? [])
    const { items, total } = await chats.listChats({ projectId }, { offset: 0, limit: 9 })
    expect([total, new Set(items)]).toEqual([known.length, new Set(known.map(({ chat }) => chat))])
    for (const { chat, messages } of known) {
      expect(await chats.findChat(projectId, chat.id)).toEqual(chat)
      expect(await chats.listMessages(projectId, chat.id, { limit: 1_000 })).toEqual(messages)
    }
  }
}

async function equals(outcome: Promise<unknown>, expected: unknown): Promise<void> {
  expect(await outcome).toEqual(expected)
}

async function refused(outcome: Promise<unknown>): Promise<void> {
  await expect(outcome).rejects.toBeInstanceOf(Refused)
}

export const chatModelCases: readonly ContractCase[] = [
  {
    name: 'whatever is appended in whatever order, chats, messages and sums stand as the reference model says',
    run: (opened) =>
      fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), (steps) => play(opened, steps)),
        { numRuns: 40 },
      ),
  },
]
