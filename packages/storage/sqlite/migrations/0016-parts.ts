import type { Migration } from './migration.ts'

/**
 * How a part was made and for whom stand beside its facts too, so that a list narrows by them as they were given: JSON in SQL
 * cuts a text at a NUL. Pictures have a table of their own, so that no look at an avatar reads their bytes.
 */
export const parts: Migration = {
  number: 16,
  name: 'parts',
  sql: `${['agents', 'avatars', 'voices', 'brains']
    .map(
      (table) => `
    ALTER TABLE ${table} ADD COLUMN made_as TEXT;
    ALTER TABLE ${table} ADD COLUMN client TEXT;
    CREATE INDEX ${table}_by_making ON ${table} (account_id, made_as, created_at)
      WHERE made_as IS NOT NULL AND archived_at IS NULL;
    CREATE INDEX ${table}_by_client ON ${table} (account_id, client, created_at)
      WHERE client IS NOT NULL AND archived_at IS NULL;`,
    )
    .join('\n')}

    CREATE TABLE pictures (
      position INTEGER PRIMARY KEY,
      avatar_id TEXT NOT NULL UNIQUE,
      type TEXT NOT NULL,
      bytes BLOB NOT NULL
    ) STRICT;
  `,
}
