import type { DatabaseSync, StatementSync } from 'node:sqlite'

/**
 * Prepares a statement that is only ever run. A write to a full-text table may leave a row number beyond 2^53 behind as
 * the connection's last one, and `run` reports that number whatever it ran: as a plain number it would throw.
 */
export function prepareWrite(db: DatabaseSync, sql: string): StatementSync {
  const statement = db.prepare(sql)
  statement.setReadBigInts(true)
  return statement
}
