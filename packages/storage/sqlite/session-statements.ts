import type { DatabaseSync } from 'node:sqlite'
import { prepareWrite } from './prepare-write.ts'
import { sessionColumns } from './session-rows.ts'

/** The statements of the hot path, prepared once. */
export function sessionStatements(db: DatabaseSync) {
  return {
    insert: prepareWrite(
      db,
      `
      INSERT INTO sessions (id, kind, account_id, project_id, agent_id, key_id, jti, kid, state, reason,
        created_at, expires_at, live_at, ended_at, settings, bound_visitor_id, entries, usage)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    insertEvent: prepareWrite(
      db,
      'INSERT INTO session_events (session, number, at, type, facts) VALUES (?, ?, ?, ?, ?)',
    ),
    insertVisitor: prepareWrite(
      db,
      'INSERT INTO visitors (id, session, resume_digest, created_at) VALUES (?, ?, ?, ?)',
    ),
    update: prepareWrite(
      db,
      `
      UPDATE sessions SET state = ?, reason = ?, expires_at = ?, live_at = ?, ended_at = ?, bound_visitor_id = ?,
        entries = ? WHERE position = ?`,
    ),
    find: db.prepare(`SELECT ${sessionColumns} FROM sessions WHERE id = ?`),
    findByJti: db.prepare(`SELECT ${sessionColumns} FROM sessions WHERE jti = ?`),
    // Stops counting at the ceiling, which is all that is asked.
    countOpen: db.prepare(`
      SELECT count(*) AS open FROM (SELECT 1 FROM sessions
        WHERE account_id = ? AND expires_at > ? AND state <> 'ended' LIMIT ?)`),
    // By the account's index: that of a key would cost every session, and few keys have a ceiling.
    countOpenOfKey: db.prepare(`
      SELECT count(*) AS open FROM (SELECT 1 FROM sessions INDEXED BY sessions_open
        WHERE account_id = ? AND expires_at > ? AND state <> 'ended' AND key_id = ? LIMIT ?)`),
    listOverdue: db.prepare(
      "SELECT id FROM sessions WHERE expires_at <= ? AND state <> 'ended' ORDER BY expires_at, position LIMIT ?",
    ),
    // Few at any time, so that sorting them costs nothing.
    listOpenRooms: db.prepare(`
      SELECT ${sessionColumns} FROM sessions INDEXED BY sessions_rooms
      WHERE kind = 'avatar' AND state <> 'ended' AND expires_at > ? ORDER BY position LIMIT ?`),
    listEvents: db.prepare(`
      SELECT e.number, e.at, e.type, e.facts FROM sessions s JOIN session_events e ON e.session = s.position
      WHERE s.id = ? ORDER BY e.number`),
    findVisitor: db.prepare(`
      SELECT v.id, s.id AS session_id, v.resume_digest, v.created_at
      FROM visitors v JOIN sessions s ON s.position = v.session WHERE v.id = ?`),
  }
}

export type SessionStatements = ReturnType<typeof sessionStatements>
