import { randomUUID } from 'node:crypto'
import type { Append, StoredEvent, Tail } from '@parlor/conversation/transcript'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { ContractCase, Opened } from './contract-case.ts'

type Message = NonNullable<Append['messages']>[number]
type Step = { visitor: number } & ({ do: 'append'; append: Append } | { do: 'nothing' } | { do: 'prune'; upTo: number })

const message: fc.Arbitrary<Message> = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  role: fc.constantFrom('visitor' as const, 'agent' as const),
  text: fc.string(),
  at: fc.constant('2026-01-01T00:00:00Z'),
})
const append: fc.Arbitrary<Append> = fc.record(
  {
    events: fc.array(fc.record({ type: fc.constant('told'), text: fc.string() }), { maxLength: 3 }),
    messages: fc.array(message, { maxLength: 3 }),
    beginsResponse: fc.constant(true as const),
    resets: fc.constant(true as const),
    tokens: fc.nat(9),
  },
  { requiredKeys: ['events'] },
)
const visitor = fc.nat(1)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ visitor, do: fc.constant('append' as const), append }) },
  { weight: 1, arbitrary: fc.record({ visitor, do: fc.constant('nothing' as const) }) },
  { weight: 1, arbitrary: fc.record({ visitor, do: fc.constant('prune' as const), upTo: fc.nat(12) }) },
)

/** A visitor's log as plain lists. */
interface Model {
  events: StoredEvent[]
  pruned: number
  responses: number
  conversation: number
  messages: { conversation: number; message: Message }[]
  tokens: number
}

function write(log: Model, at: number, { events, messages = [], beginsResponse, resets, tokens = 0 }: Append): void {
  log.tokens += tokens
  if (resets) log.conversation += 1
  if (beginsResponse) log.responses += 1
  for (const one of messages) {
    const known = log.messages.find(({ message: { id } }) => id === one.id)
    if (known) known.message = one
    else log.messages.push({ conversation: log.conversation, message: one })
  }
  for (const body of events) log.events.push({ seq: log.events.length + 1, at, body })
}

const current = (log: Model): Message[] =>
  log.messages.filter(({ conversation }) => conversation === log.conversation).map(({ message: one }) => one)

function tailOf(log: Model, logs: readonly Model[]): Tail {
  const everywhere = logs.flatMap(({ messages }) => messages)
  return {
    lastSeq: log.events.length,
    lastResponse: log.responses,
    conversation: log.conversation,
    messages: current(log).length,
    sessionMessages: everywhere.filter(({ message: { role } }) => role === 'visitor').length,
    sessionTokens: logs.reduce((sum, { tokens }) => sum + tokens, 0),
  }
}

async function play({ stores: { transcripts } }: Opened, steps: readonly Step[]): Promise<void> {
  const session = randomUUID()
  const visitors = [randomUUID(), randomUUID()]
  const logs = visitors.map(
    (): Model => ({ events: [], pruned: 0, responses: 0, conversation: 1, messages: [], tokens: 0 }),
  )
  const running: Promise<void>[] = []
  for (const [at, one] of steps.entries()) {
    const log = logs[one.visitor] as Model
    const id = visitors[one.visitor] as string
    if (one.do === 'prune') {
      log.pruned = Math.max(log.pruned, Math.min(one.upTo, log.events.length))
      running.push(transcripts.pruneEvents(id, one.upTo))
    } else if (one.do === 'nothing') {
      running.push(isNull(transcripts.append(session, id, at, () => null)))
    } else {
      const seqs = log.events.length
      write(log, at, one.append)
      const expected = structuredClone({ events: log.events.slice(seqs), tail: tailOf(log, logs) })
      running.push(
        equals(
          transcripts.append(session, id, at, () => one.append),
          expected,
        ),
      )
    }
  }
  await Promise.all(running)
  for (const [index, log] of logs.entries()) {
    const id = visitors[index] as string
    expect(await transcripts.readTail(session, id)).toEqual(tailOf(log, logs))
    expect(await transcripts.listMessages(id)).toEqual(current(log))
    expect(await transcripts.listEvents(id, log.pruned)).toEqual(log.events.slice(log.pruned))
    if (log.pruned > 0) expect(await transcripts.listEvents(id, log.pruned - 1)).toBeNull()
  }
}

async function isNull(outcome: Promise<unknown>): Promise<void> {
  expect(await outcome).toBeNull()
}

async function equals(outcome: Promise<unknown>, expected: unknown): Promise<void> {
  expect(await outcome).toEqual(expected)
}

export const transcriptModelCases: readonly ContractCase[] = [
  {
    name: 'whatever is appended and pruned in whatever order, logs and counts stand as the reference model says',
    run: (opened) =>
      fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), (steps) => play(opened, steps)),
        { numRuns: 40 },
      ),
  },
]
