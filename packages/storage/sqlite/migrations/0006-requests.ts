import type { Migration } from './migration.ts'

/**
 * The rows are forgotten after a while, the sums stay. `request_totals` says how many rows there are for a list, because
 * counting them is a walk over all of an account's history.
 */
export const requests: Migration = {
  number: 6,
  name: 'requests',
  sql: `
    CREATE TABLE requests (
      position INTEGER PRIMARY KEY,
      id ANY NOT NULL,
      account_id ANY NOT NULL,
      key_id ANY NOT NULL,
      time INTEGER NOT NULL,
      method TEXT NOT NULL,
      path TEXT NOT NULL,
      operation TEXT NOT NULL,
      status INTEGER NOT NULL,
      user_agent TEXT,
      duration_ms REAL NOT NULL,
      request_id TEXT NOT NULL
    ) STRICT;
    CREATE INDEX requests_by_account ON requests (account_id, time);
    CREATE INDEX requests_by_operation ON requests (account_id, operation, time);
    CREATE INDEX requests_by_time ON requests (time);

    CREATE TABLE request_totals (
      account_id ANY NOT NULL,
      operation TEXT NOT NULL,
      rows INTEGER NOT NULL,
      PRIMARY KEY (account_id, operation)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE request_months (
      account_id ANY NOT NULL,
      month INTEGER NOT NULL,
      requests INTEGER NOT NULL,
      PRIMARY KEY (account_id, month)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE key_usage (
      key_id ANY PRIMARY KEY NOT NULL,
      requests INTEGER NOT NULL,
      last_used_at INTEGER NOT NULL,
      last_used_ip TEXT
    ) STRICT, WITHOUT ROWID;
  `,
}
