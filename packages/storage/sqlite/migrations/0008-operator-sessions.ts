import type { Migration } from './migration.ts'

export const operatorSessions: Migration = {
  number: 8,
  name: 'operator-sessions',
  sql: `
    CREATE TABLE operator_sessions (
      position INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      account_id TEXT NOT NULL,
      key_id TEXT NOT NULL,
      digest TEXT NOT NULL UNIQUE,
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      revoked_at INTEGER
    ) STRICT;
  `,
}
