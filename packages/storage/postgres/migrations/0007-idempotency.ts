import type { Migration } from './migration.ts'

/** `place` is a digest of account, project, operation and key. `reference` is null while the request runs; at `free_at` the key may be claimed again. */
export const idempotency: Migration = {
  number: 7,
  name: 'idempotency',
  sql: `
    CREATE TABLE idempotency (
      place uuid PRIMARY KEY,
      body_digest text NOT NULL,
      reference text,
      free_at bigint NOT NULL
    );
    CREATE INDEX idempotency_by_end ON idempotency (free_at);
  `,
}
