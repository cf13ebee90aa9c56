import type { Append, Appended, Tail } from '@parlor/conversation/transcript'
import { ParlorError } from '@parlor/core/errors'
import type { Access, Transaction } from './access.ts'
import type { Outcome } from './group-commit.ts'
import { packId } from './pack-id.ts'
import { type LockedTalks, lockSessionTalks } from './session-talks.ts'
import { type LogRow, transcriptStatements } from './transcript-statements.ts'
import {
  addAppend,
  addPrune,
  freshLog,
  logFrom,
  MessagesUnread,
  roleOf,
  tailOf,
  type VisitorLog,
} from './visitor-log.ts'

/** A wish to append to a log, or to forget its events up to a number. */
export type LogWish =
  | {
      sessionId: string
      visitorId: string
      at: number
      decide: (tail: Tail, has: (messageId: string) => boolean) => Append | null
    }
  | { visitorId: string; upToSeq: number }

/** A group of wishes under way: the logs there are, and the sums of their sessions. */
interface Group {
  wishes: readonly LogWish[]
  logs: Map<string, VisitorLog>
  talks: LockedTalks
}

/** Logs with more messages are read only when they are asked about themselves. */
const fewMessages = 100

/** Decides on logs under their locks and writes in the same transaction; one after the other, each on what the one before it made. */
export function writeAppends(
  { transact }: Access,
  wishes: readonly LogWish[],
  share: number,
): Promise<Outcome<Appended | null>[]> {
  return transact(async (transaction) => {
    const sessions = wishes.flatMap((wish) => ('decide' in wish ? [packId(wish.sessionId)] : []))
    const talks = await lockSessionTalks(transaction, sessions, share)
    const visitors = [...new Set(wishes.map(({ visitorId }) => packId(visitorId)))]
    const rows = await transaction.ask<LogRow>(transcriptStatements.lockLogs, [visitors])
    const group: Group = { wishes, talks, logs: new Map(rows.map((row) => [row.visitor_id, logFrom(row)])) }
    const outcomes: Outcome<Appended | null>[] = []
    while (outcomes.length < wishes.length) {
      const outcome = grant(group, outcomes.length)
      if (outcome === null) await readMessages(transaction, group, outcomes.length)
      else outcomes.push(outcome)
    }
    writeLogs(transaction, [...group.logs.values()])
    talks.write()
    return outcomes
  })
}

/** Null where the messages of its log must be read first. */
function grant(group: Group, index: number): Outcome<Appended | null> | null {
  const wish = group.wishes[index] as LogWish
  const log = group.logs.get(packId(wish.visitorId))
  try {
    if ('decide' in wish) return { value: append(group, wish, log) }
    if (log !== undefined) addPrune(log, wish.upToSeq)
    return { value: null }
  } catch (error) {
    return error instanceof MessagesUnread ? null : { error }
  }
}

function append(
  { logs, talks }: Group,
  { sessionId, visitorId, at, decide }: Extract<LogWish, { at: number }>,
  log: VisitorLog | undefined,
): Appended | null {
  const [session, visitor] = [packId(sessionId), packId(visitorId)]
  if (log !== undefined && log.row.session_id !== session) throw new ParlorError('invalid_visitor')
  const said = talks.read(session)
  const has = (messageId: string): boolean => log !== undefined && roleOf(log, messageId) !== undefined
  const wanted = decide(tailOf(log?.row ?? null, said), has)
  if (wanted === null) return null
  const begun = log ?? freshLog(visitor, session)
  const { talk, ...appended } = addAppend(begun, said, at, wanted)
  logs.set(visitor, begun)
  talks.add(session, talk, at)
  return appended
}

/** Those of the log that is asked about, and of the others that are still to be decided and small. */
async function readMessages({ ask }: Transaction, { wishes, logs }: Group, from: number): Promise<void> {
  const unread = new Map<string, Map<string, string>>()
  for (const [index, { visitorId }] of wishes.slice(from).entries()) {
    const log = logs.get(packId(visitorId))
    if (log === undefined || log.known !== null || (index > 0 && log.row.messages > fewMessages)) continue
    log.known = new Map()
    unread.set(log.row.visitor_id, log.known)
  }
  type MessageRow = { visitor: string; message: string; role: string }
  const rows = await ask<MessageRow>(transcriptStatements.findMessages, [[...unread.keys()]])
  for (const { visitor, message, role } of rows) unread.get(visitor)?.set(message, role)
}

function writeLogs({ send }: Transaction, logs: readonly VisitorLog[]): void {
  const changed = logs.filter(({ isChanged }) => isChanged)
  if (changed.length === 0) return
  const columns = (of: readonly VisitorLog[]) => {
    const column = <Name extends keyof LogRow>(name: Name) => of.map(({ row }) => row[name])
    return [
      ...[column('visitor_id'), column('session_id'), column('last_seq'), column('pruned_seq')],
      ...[column('last_response'), column('conversation'), column('messages')],
    ]
  }
  const { begun = [], known = [] } = Object.groupBy(changed, ({ isNew }) => (isNew ? 'begun' : 'known'))
  if (begun.length > 0) send(transcriptStatements.insertLogs, columns(begun))
  if (known.length > 0) send(transcriptStatements.updateLogs, columns(known))
  writeEvents(send, changed)
  writeMessages(send, changed)
  const pruned = changed.filter(({ row }) => row.pruned_seq > 0)
  if (pruned.length === 0) return
  send(transcriptStatements.pruneEvents, [
    pruned.map(({ row }) => row.visitor_id),
    pruned.map(({ row }) => row.pruned_seq),
  ])
}

function writeEvents(send: Transaction['send'], logs: readonly VisitorLog[]): void {
  const events = logs.flatMap(({ row, events: of }) => of.map((event) => ({ visitor: row.visitor_id, ...event })))
  if (events.length === 0) return
  send(transcriptStatements.insertEvents, [
    events.map(({ visitor }) => visitor),
    events.map(({ seq }) => seq),
    events.map(({ at }) => at),
    events.map(({ body }) => JSON.stringify(body)),
  ])
}

function writeMessages(send: Transaction['send'], logs: readonly VisitorLog[]): void {
  const put = logs.flatMap(({ row, put: of }) => [...of].map(([id, one]) => ({ visitor: row.visitor_id, id, ...one })))
  if (put.length === 0) return
  send(transcriptStatements.putMessages, [
    put.map(({ visitor }) => visitor),
    put.map(({ conversation }) => conversation),
    put.map(({ id }) => id),
    put.map(({ message }) => message.role),
    put.map(({ message }) => JSON.stringify(message)),
  ])
}
