import type { DatabaseSync } from 'node:sqlite'
import { prepareWrite } from './prepare-write.ts'

/** The statements of the talk's hot path, prepared once. */
export function transcriptStatements(db: DatabaseSync) {
  return {
    findLog: db.prepare('SELECT * FROM visitor_logs WHERE visitor_id = ?'),
    insertLog: prepareWrite(
      db,
      `
      INSERT INTO visitor_logs (visitor_id, session_id, last_seq, pruned_seq, last_response, conversation, messages)
      VALUES (?, ?, 0, 0, 0, 1, 0)`,
    ),
    updateLog: prepareWrite(
      db,
      'UPDATE visitor_logs SET last_seq = ?, last_response = ?, conversation = ?, messages = ? WHERE position = ?',
    ),
    insertEvent: prepareWrite(db, 'INSERT INTO visitor_events (log, seq, at, body) VALUES (?, ?, ?, ?)'),
    listEvents: db.prepare('SELECT seq, at, body FROM visitor_events WHERE log = ? AND seq > ? ORDER BY seq'),
    findMessage: db.prepare('SELECT position, role FROM visitor_messages WHERE log = ? AND message_id = ?'),
    insertMessage: prepareWrite(
      db,
      'INSERT INTO visitor_messages (log, conversation, message_id, role, body) VALUES (?, ?, ?, ?, ?)',
    ),
    replaceMessage: prepareWrite(db, 'UPDATE visitor_messages SET role = ?, body = ? WHERE position = ?'),
    listMessages: db.prepare('SELECT body FROM visitor_messages WHERE log = ? AND conversation = ? ORDER BY position'),
    pruneEvents: prepareWrite(db, 'DELETE FROM visitor_events WHERE log = ? AND seq <= ?'),
    markPruned: prepareWrite(db, 'UPDATE visitor_logs SET pruned_seq = max(pruned_seq, ?) WHERE position = ?'),
  }
}

export type TranscriptStatements = ReturnType<typeof transcriptStatements>

export interface LogRow {
  position: number
  session_id: Uint8Array | string
  last_seq: number
  pruned_seq: number
  last_response: number
  conversation: number
  messages: number
}
