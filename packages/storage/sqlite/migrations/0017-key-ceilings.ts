import type { Migration } from './migration.ts'

export const keyCeilings: Migration = {
  number: 17,
  name: 'key-ceilings',
  sql: 'ALTER TABLE keys ADD COLUMN concurrency INTEGER',
}
