import type { DatabaseSync } from 'node:sqlite'
import { chatColumns } from './chat-rows.ts'
import { prepareWrite } from './prepare-write.ts'

/** The statements of chats, prepared once. */
export function chatStatements(db: DatabaseSync) {
  return {
    find: db.prepare(`SELECT ${chatColumns} FROM chats WHERE project_id = ? AND id = ?`),
    insert: prepareWrite(
      db,
      `
      INSERT INTO chats (project_id, id, account_id, agent_id, session_id, end_user_id, title, feedback, created_at,
        updated_at, messages, answered) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)`,
    ),
    addToTotal: prepareWrite(
      db,
      `
      INSERT INTO chat_totals (project_id, person, chats) VALUES (?, ?, 1)
      ON CONFLICT (project_id, person) DO UPDATE SET chats = chats + 1`,
    ),
    moveOn: prepareWrite(db, 'UPDATE chats SET updated_at = ?, messages = ?, answered = ? WHERE position = ?'),
    describe: prepareWrite(db, 'UPDATE chats SET title = ?, feedback = ? WHERE position = ?'),
    insertMessage: prepareWrite(db, 'INSERT INTO chat_messages (chat, seq, body) VALUES (?, ?, ?)'),
    firstAfter: db.prepare(
      'SELECT seq, body FROM chat_messages WHERE chat = ? AND seq > ? AND seq < ? ORDER BY seq LIMIT ?',
    ),
    lastBefore: db.prepare('SELECT seq, body FROM chat_messages WHERE chat = ? AND seq < ? ORDER BY seq DESC LIMIT ?'),
  }
}

export type ChatStatements = ReturnType<typeof chatStatements>
