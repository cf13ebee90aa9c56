import type { StoredEvent, TranscriptStore } from '@parlor/conversation/transcript'
import { ParlorError } from '@parlor/core/errors'
import type { Access } from './access.ts'
import { packId } from './pack-id.ts'
import { type LogRow, transcriptStatements } from './transcript-statements.ts'
import { tailOf } from './visitor-log.ts'
import { type LogWish, writeAppends } from './write-append.ts'

interface TailRow extends LogRow {
  session_messages: number
  session_tokens: number
}

interface EventRow {
  pruned_seq: number
  /** Null where the log holds none that was asked for; it is the only row then. */
  seq: number | null
  at: number
  body: string
}

/** Transcripts in Postgres. A log begins with its first append and stays in the session it began in. */
export function postgresTranscriptStore(access: Access, share: number): TranscriptStore {
  const { ask } = access
  const write = access.lane((wishes: LogWish[]) => writeAppends(access, wishes, share), {
    atOnce: 1,
    most: 512,
    writes: true,
  })
  return {
    append: (sessionId, visitorId, at, decide) => write({ sessionId, visitorId, at, decide }),
    readTail: async (sessionId, visitorId) => {
      const session = packId(sessionId)
      const [row] = await ask<TailRow>(transcriptStatements.readTail, [session, packId(visitorId)])
      const log = row === undefined || row.visitor_id === null ? null : row
      if (log !== null && log.session_id !== session) throw new ParlorError('invalid_visitor')
      return tailOf(log, { messages: row?.session_messages ?? 0, tokens: row?.session_tokens ?? 0 })
    },
    listEvents: async (visitorId, afterSeq) => {
      const rows = await ask<EventRow>(transcriptStatements.listEvents, [packId(visitorId), afterSeq])
      if (afterSeq < (rows[0]?.pruned_seq ?? 0)) return null
      return rows.filter(({ seq }) => seq !== null).map(toEvent)
    },
    listMessages: async (visitorId) => {
      const rows = await ask<{ body: string }>(transcriptStatements.listMessages, [packId(visitorId)])
      return rows.map(({ body }) => JSON.parse(body))
    },
    pruneEvents: async (visitorId, upToSeq) => void (await write({ visitorId, upToSeq })),
  }
}

function toEvent(row: EventRow): StoredEvent {
  return { seq: Number(row.seq), at: row.at, body: JSON.parse(row.body) }
}
