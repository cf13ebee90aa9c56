import type { DatabaseSync } from 'node:sqlite'

/** One step from a version of the file to the next. It must not lose anything. */
export interface Migration {
  number: number
  name: string
  sql: string
  /** Runs after the SQL, in the same transaction: what SQL alone cannot say of the rows there are. */
  fill?(db: DatabaseSync): void
}
