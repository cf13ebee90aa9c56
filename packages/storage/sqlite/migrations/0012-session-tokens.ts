import type { Migration } from './migration.ts'

/** The tokens models used in a session, beside the messages visitors sent in it. */
export const sessionTokens: Migration = {
  number: 12,
  name: 'session-tokens',
  sql: 'ALTER TABLE session_talks ADD COLUMN tokens INTEGER NOT NULL DEFAULT 0',
}
