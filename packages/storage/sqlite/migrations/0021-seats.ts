import type { Migration } from './migration.ts'

/** Which process keeps a session's avatar in its room. */
export const seats: Migration = {
  number: 21,
  name: 'seats',
  sql: 'ALTER TABLE sessions ADD COLUMN seat_node TEXT',
}
