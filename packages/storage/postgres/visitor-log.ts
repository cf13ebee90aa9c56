import type { Append, Appended, StoredEvent, Tail } from '@parlor/conversation/transcript'
import { packId } from './pack-id.ts'
import type { Talk } from './session-talks.ts'
import type { LogRow } from './transcript-statements.ts'

export type Message = NonNullable<Append['messages']>[number]

/** A visitor's log while a group of appends is decided, and what is to be written of it. Ids are packed. */
export interface VisitorLog {
  row: LogRow
  /** Whether it begins in this transaction. */
  isNew: boolean
  /** The role of every message there is, by its id; null as long as they were not read. */
  known: Map<string, string> | null
  isChanged: boolean
  events: StoredEvent[]
  /** What is to be put, by id: the same id twice is put once. */
  put: Map<string, { conversation: number; message: Message }>
}

/** Thrown where it must be known which messages a log holds and that was not read yet: read it, and do the same again. */
export class MessagesUnread extends Error {}

export function logFrom(row: LogRow): VisitorLog {
  return { row: { ...row }, isNew: false, known: null, isChanged: false, events: [], put: new Map() }
}

export function freshLog(visitor: string, session: string): VisitorLog {
  const row = {
    visitor_id: visitor,
    session_id: session,
    ...{ last_seq: 0, pruned_seq: 0, last_response: 0, conversation: 1, messages: 0 },
  }
  return { ...logFrom(row), isNew: true, known: new Map() }
}

export function tailOf(row: LogRow | null, talk: Talk): Tail {
  return {
    lastSeq: row?.last_seq ?? 0,
    lastResponse: row?.last_response ?? 0,
    conversation: row?.conversation ?? 1,
    messages: row?.messages ?? 0,
    sessionMessages: talk.messages,
    sessionTokens: talk.tokens,
  }
}

export function roleOf(log: VisitorLog, messageId: string): string | undefined {
  if (log.known === null) throw new MessagesUnread()
  return log.known.get(packId(messageId))
}

/** Adds an append that was decided on to what is to be written. `talk` is where its session stands before. */
export function addAppend(log: VisitorLog, talk: Talk, at: number, wanted: Append): Appended & { talk: Talk } {
  const { row } = log
  // Before anything is changed: it may throw.
  const messages = wanted.messages ?? []
  if (messages.length > 0 && log.known === null) throw new MessagesUnread()
  if (wanted.resets) {
    row.conversation += 1
    row.messages = 0
  }
  if (wanted.beginsResponse) row.last_response += 1
  let sent = 0
  for (const message of messages) sent += putMessage(log, message)
  const events = wanted.events.map((body): StoredEvent => {
    row.last_seq += 1
    return { seq: row.last_seq, at, body }
  })
  log.events.push(...events)
  log.isChanged = true
  const added = { messages: sent, tokens: wanted.tokens ?? 0 }
  const after = { messages: talk.messages + added.messages, tokens: talk.tokens + added.tokens }
  return { events, tail: tailOf(row, after), talk: added }
}

/** A message with a known id replaces the one there is: an answer that was cut short, then told again. Returns by how much visitors sent more. */
function putMessage(log: VisitorLog, message: Message): number {
  const before = roleOf(log, message.id)
  const id = packId(message.id)
  const earlier = log.put.get(id)
  log.put.set(id, { conversation: earlier?.conversation ?? log.row.conversation, message })
  log.known?.set(id, message.role)
  if (before === undefined) log.row.messages += 1
  return sentByVisitor(message.role) - sentByVisitor(before)
}

/** Forgets events up to `upTo`; numbers that were not given out yet cannot be forgotten. */
export function addPrune(log: VisitorLog, upTo: number): void {
  log.row.pruned_seq = Math.max(log.row.pruned_seq, Math.min(upTo, log.row.last_seq))
  log.isChanged = true
}

function sentByVisitor(role: string | undefined): number {
  return role === 'visitor' ? 1 : 0
}
