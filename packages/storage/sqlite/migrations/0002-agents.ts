import type { Migration } from './migration.ts'

/** Each kind of thing is one table; what makes a kind special stands in its JSON column `facts`. */
export const agents: Migration = {
  number: 2,
  name: 'agents',
  sql: ['agents', 'avatars', 'voices', 'brains']
    .map(
      (table) => `
    CREATE TABLE ${table} (
      position INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      account_id TEXT,
      name TEXT NOT NULL,
      facts TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      archived_at INTEGER
    ) STRICT;
    CREATE INDEX ${table}_by_account ON ${table} (account_id, created_at) WHERE archived_at IS NULL;`,
    )
    .join('\n'),
}
