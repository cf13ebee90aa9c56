import type { Statement } from './access.ts'
import { isOpenRoom, sessionColumns } from './session-rows.ts'

const named = (name: string, text: string): Statement => ({ name, text })
const parameters = (types: readonly string[]) => types.map((type, index) => `$${index + 1}::${type}`).join(', ')

/** In the order of the parameters of `insert_sessions`. */
const insertTypes = [
  ...['uuid[]', 'int[]', 'int[]', 'int[]', 'bigint', 'smallint'],
  ...['uuid[]', 'int[]', 'int[]', 'int[]', 'int[]', 'int[]', 'int[]'],
  ...['uuid[]', 'text[]', 'uuid[]', 'uuid[]', 'uuid[]', 'uuid[]', 'uuid[]', 'text[]', 'text[]', 'bigint[]', 'bigint[]'],
  ...['bigint[]', 'bigint[]', 'text[]', 'uuid[]', 'int[]', 'text[]', 'bigint[]', 'text[]', 'text[]'],
]
/** In the order of the parameters of `change_sessions`. */
const changeTypes = [
  ...['uuid[]', 'text[]', 'text[]', 'bigint[]', 'bigint[]', 'bigint[]', 'uuid[]', 'int[]', 'text[]'],
  ...['uuid[]', 'uuid[]', 'text[]', 'bigint[]', 'text[]'],
  ...['uuid[]', 'int[]', 'bigint[]', 'text[]', 'text[]'],
]

/** The statements of the hot path. */
export const sessionStatements = {
  insert: named('insert-sessions', `SELECT insert_sessions(${parameters(insertTypes)}) AS refused`),
  // In one order everywhere, so that no two transactions wait for each other.
  lock: named(
    'lock-sessions',
    `SELECT ${sessionColumns} FROM sessions WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE`,
  ),
  change: named('change-sessions', `SELECT change_sessions(${parameters(changeTypes)})`),
  find: named('find-sessions', `SELECT ${sessionColumns} FROM sessions WHERE id = ANY ($1::uuid[])`),
  findByJti: named('find-sessions-by-jti', `SELECT ${sessionColumns} FROM sessions WHERE jti = ANY ($1::uuid[])`),
  listOverdue: named(
    'list-overdue-sessions',
    'SELECT id, odd FROM sessions WHERE expires_at <= $1 AND ended_at IS NULL ORDER BY expires_at, position LIMIT $2',
  ),
  listOpenRooms: named(
    'list-open-rooms',
    `SELECT ${sessionColumns} FROM sessions WHERE ${isOpenRoom} AND expires_at > $1 ORDER BY position LIMIT $2`,
  ),
  listEvents: named(
    'list-session-events',
    'SELECT number, at, type, facts FROM session_events WHERE session = $1 ORDER BY number',
  ),
  findVisitors: named(
    'find-visitors',
    'SELECT id, session, resume_digest, created_at, odd FROM visitors WHERE id = ANY ($1::uuid[])',
  ),
} as const
