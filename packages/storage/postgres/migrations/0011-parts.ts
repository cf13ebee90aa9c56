import type { Migration } from './migration.ts'

/**
 * How a part was made and for whom stand beside its facts too, so that a list narrows by them as they were given: no JSON of
 * Postgres's reads a text with a NUL in it. Pictures have a table of their own, so that no look at an avatar reads their bytes.
 */
export const parts: Migration = {
  number: 11,
  name: 'parts',
  sql: `${['agents', 'avatars', 'voices', 'brains']
    .map(
      (table) => `
    ALTER TABLE ${table} ADD COLUMN made_as text COLLATE "C", ADD COLUMN client text COLLATE "C";
    CREATE INDEX ${table}_by_making ON ${table} (account_id, md5(made_as), created_at)
      WHERE made_as IS NOT NULL AND archived_at IS NULL;
    CREATE INDEX ${table}_by_client ON ${table} (account_id, md5(client), created_at)
      WHERE client IS NOT NULL AND archived_at IS NULL;`,
    )
    .join('\n')}

    CREATE TABLE pictures (
      avatar_id text COLLATE "C" PRIMARY KEY,
      type text NOT NULL,
      bytes bytea NOT NULL
    );
    -- Images are compressed already.
    ALTER TABLE pictures ALTER COLUMN bytes SET STORAGE EXTERNAL;
  `,
}
