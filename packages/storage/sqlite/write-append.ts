import type { Append, Appended, StoredEvent, Tail } from '@parlor/conversation/transcript'
import type { LogRow, TranscriptStatements } from './transcript-statements.ts'

type Message = NonNullable<Append['messages']>[number]

/** Writes an append that was decided on, but for the session's sums. Runs inside a write; `before` is where the log stands. */
export function writeAppend(
  statements: TranscriptStatements,
  log: LogRow,
  before: Tail,
  at: number,
  wanted: Append,
): Appended {
  const tail = { ...before }
  if (wanted.resets) {
    tail.conversation += 1
    tail.messages = 0
  }
  if (wanted.beginsResponse) tail.lastResponse += 1
  for (const message of wanted.messages ?? []) putMessage(statements, log.position, tail, message)
  const events = wanted.events.map((body): StoredEvent => {
    tail.lastSeq += 1
    statements.insertEvent.run(log.position, tail.lastSeq, at, JSON.stringify(body))
    return { seq: tail.lastSeq, at, body }
  })
  statements.updateLog.run(tail.lastSeq, tail.lastResponse, tail.conversation, tail.messages, log.position)
  tail.sessionTokens += wanted.tokens ?? 0
  return { events, tail }
}

/** A message with a known id replaces the one there is, in its place: an answer that was cut short, then told again. */
function putMessage(statements: TranscriptStatements, log: number, tail: Tail, message: Message): void {
  const body = JSON.stringify(message)
  const known = statements.findMessage.get(log, message.id)
  if (known === undefined) {
    statements.insertMessage.run(log, tail.conversation, message.id, message.role, body)
    tail.messages += 1
  } else {
    statements.replaceMessage.run(message.role, body, Number(known.position))
  }
  tail.sessionMessages += sentByVisitor(message.role) - sentByVisitor(known?.role)
}

function sentByVisitor(role: unknown): number {
  return role === 'visitor' ? 1 : 0
}
