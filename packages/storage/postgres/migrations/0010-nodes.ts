import type { Migration } from './migration.ts'

/**
 * The nodes that serve from this database (decision 13). Their rows are as durable as all others: one that got lost while its lease
 * is held would not be waited for.
 */
export const nodes: Migration = {
  number: 10,
  name: 'nodes',
  sql: `
    CREATE TABLE nodes (
      node_id text COLLATE "C" PRIMARY KEY,
      renewal bigint NOT NULL,
      applied bigint NOT NULL,
      skew_ms bigint NOT NULL,
      renewed_at timestamptz NOT NULL
    ) WITH (fillfactor = 10);
  `,
}
