import type { StoredEvent, Tail, TranscriptStore } from '@parlor/conversation/transcript'
import { ParlorError } from '@parlor/core/errors'
import type { Access } from './access.ts'
import { packId, unpackId } from './pack-id.ts'
import type { SessionTalks } from './session-talks.ts'
import { type LogRow, type TranscriptStatements, transcriptStatements } from './transcript-statements.ts'
import { writeAppend } from './write-append.ts'

/** Transcripts in SQLite. A log begins with its first append and stays in the session it began in. */
export function sqliteTranscriptStore({ db, read, write }: Access, talks: SessionTalks): TranscriptStore {
  const statements = transcriptStatements(db)
  return {
    append: (sessionId, visitorId, at, decide) =>
      write(() => {
        const log = logIn(statements, sessionId, visitorId)
        const has = (messageId: string): boolean =>
          log !== null && statements.findMessage.get(log.position, messageId) !== undefined
        const wanted = decide(tailOf(talks, sessionId, log), has)
        if (wanted === null) return null
        const begun = log ?? beginLog(statements, sessionId, visitorId)
        const before = tailOf(talks, sessionId, begun)
        const appended = writeAppend(statements, begun, before, at, wanted)
        const messages = appended.tail.sessionMessages - before.sessionMessages
        talks.add(sessionId, { messages, tokens: wanted.tokens ?? 0 }, at)
        return appended
      }),
    readTail: (sessionId, visitorId) => read(() => tailOf(talks, sessionId, logIn(statements, sessionId, visitorId))),
    listEvents: (visitorId, afterSeq) =>
      read(() => {
        const log = findLog(statements, visitorId)
        if (log === null) return []
        if (afterSeq < log.pruned_seq) return null
        return statements.listEvents.all(log.position, afterSeq).map(toEvent)
      }),
    listMessages: (visitorId) =>
      read(() => {
        const log = findLog(statements, visitorId)
        if (log === null) return []
        return statements.listMessages.all(log.position, log.conversation).map((row) => JSON.parse(String(row.body)))
      }),
    pruneEvents: (visitorId, upToSeq) =>
      write(() => {
        const log = findLog(statements, visitorId)
        if (log === null) return
        // Numbers that were not given out yet cannot be forgotten.
        const last = Math.min(upToSeq, log.last_seq)
        statements.pruneEvents.run(log.position, last)
        statements.markPruned.run(last, log.position)
      }),
  }
}

function findLog(statements: TranscriptStatements, visitorId: string): LogRow | null {
  return (statements.findLog.get(packId(visitorId)) as LogRow | undefined) ?? null
}

/** The visitor's log. @throws ParlorError `invalid_visitor` when the visitor belongs to another session. */
function logIn(statements: TranscriptStatements, sessionId: string, visitorId: string): LogRow | null {
  const log = findLog(statements, visitorId)
  if (log !== null && unpackId(log.session_id) !== sessionId) throw new ParlorError('invalid_visitor')
  return log
}

function beginLog(statements: TranscriptStatements, sessionId: string, visitorId: string): LogRow {
  statements.insertLog.run(packId(visitorId), packId(sessionId))
  return findLog(statements, visitorId) as LogRow
}

function tailOf(talks: SessionTalks, sessionId: string, log: LogRow | null): Tail {
  const talk = talks.read(sessionId)
  return {
    lastSeq: log?.last_seq ?? 0,
    lastResponse: log?.last_response ?? 0,
    conversation: log?.conversation ?? 1,
    messages: log?.messages ?? 0,
    sessionMessages: talk.messages,
    sessionTokens: talk.tokens,
  }
}

function toEvent(row: Record<string, unknown>): StoredEvent {
  return { seq: Number(row.seq), at: Number(row.at), body: JSON.parse(String(row.body)) }
}
