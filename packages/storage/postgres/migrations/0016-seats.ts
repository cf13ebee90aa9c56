import type { Migration } from './migration.ts'

/** Which node keeps a session's avatar in its room. No index mentions it, so that a change costs no more than its row. */
export const seats: Migration = {
  number: 16,
  name: 'seats',
  sql: 'ALTER TABLE sessions ADD COLUMN seat_node text COLLATE "C"',
}
