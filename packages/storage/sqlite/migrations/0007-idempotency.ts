import type { Migration } from './migration.ts'

/** `reference` is null while the request runs; at `free_at` the key may be claimed again. */
export const idempotency: Migration = {
  number: 7,
  name: 'idempotency',
  sql: `
    CREATE TABLE idempotency (
      position INTEGER PRIMARY KEY,
      account_id ANY NOT NULL,
      project_id ANY NOT NULL,
      operation TEXT NOT NULL,
      key TEXT NOT NULL,
      body_digest TEXT NOT NULL,
      reference TEXT,
      free_at INTEGER NOT NULL,
      UNIQUE (account_id, project_id, operation, key)
    ) STRICT;
    CREATE INDEX idempotency_by_end ON idempotency (free_at);
  `,
}
