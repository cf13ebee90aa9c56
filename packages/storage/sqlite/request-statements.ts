import type { DatabaseSync } from 'node:sqlite'
import { prepareWrite } from './prepare-write.ts'

/** The statements of the history of calls, prepared once. */
export function requestStatements(db: DatabaseSync) {
  const columns = 'id, account_id, key_id, time, method, path, operation, status, user_agent, duration_ms, request_id'
  const page = 'ORDER BY time DESC, position DESC LIMIT ? OFFSET ?'
  return {
    insert: prepareWrite(db, `INSERT INTO requests (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    addToTotal: prepareWrite(
      db,
      `
      INSERT INTO request_totals (account_id, operation, rows) VALUES (?, ?, ?)
      ON CONFLICT (account_id, operation) DO UPDATE SET rows = rows + excluded.rows`,
    ),
    addToMonth: prepareWrite(
      db,
      `
      INSERT INTO request_months (account_id, month, requests) VALUES (?, ?, ?)
      ON CONFLICT (account_id, month) DO UPDATE SET requests = requests + excluded.requests`,
    ),
    addToKey: prepareWrite(
      db,
      `
      INSERT INTO key_usage (key_id, requests, last_used_at, last_used_ip) VALUES (?, ?, ?, ?)
      ON CONFLICT (key_id) DO UPDATE SET requests = requests + excluded.requests,
        last_used_ip = iif(excluded.last_used_at >= last_used_at, excluded.last_used_ip, last_used_ip),
        last_used_at = max(last_used_at, excluded.last_used_at)`,
    ),
    list: db.prepare(`SELECT ${columns} FROM requests INDEXED BY requests_by_account WHERE account_id = ? ${page}`),
    listOperation: db.prepare(
      `SELECT ${columns} FROM requests INDEXED BY requests_by_operation WHERE account_id = ? AND operation = ? ${page}`,
    ),
    total: db.prepare('SELECT coalesce(sum(rows), 0) AS n FROM request_totals WHERE account_id = ?'),
    totalOperation: db.prepare('SELECT rows AS n FROM request_totals WHERE account_id = ? AND operation = ?'),
    month: db.prepare('SELECT requests AS n FROM request_months WHERE account_id = ? AND month = ?'),
    key: db.prepare('SELECT requests, last_used_at, last_used_ip FROM key_usage WHERE key_id = ?'),
    listOld: db.prepare(
      'SELECT position, account_id, operation FROM requests WHERE time < ? ORDER BY time, position LIMIT ?',
    ),
    remove: prepareWrite(db, 'DELETE FROM requests WHERE position = ?'),
  }
}

export type RequestStatements = ReturnType<typeof requestStatements>
