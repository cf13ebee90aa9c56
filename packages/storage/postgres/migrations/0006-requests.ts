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
      position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      id uuid NOT NULL,
      account_id uuid NOT NULL,
      key_id uuid NOT NULL,
      time bigint NOT NULL,
      method text NOT NULL,
      path text NOT NULL,
      operation text COLLATE "C" NOT NULL,
      status integer NOT NULL,
      user_agent text,
      duration_ms double precision NOT NULL,
      request_id text NOT NULL,
      odd text
    );
    CREATE INDEX requests_by_account ON requests (account_id, time, position);
    CREATE INDEX requests_by_operation ON requests (account_id, md5(operation), time, position);
    CREATE INDEX requests_by_time ON requests (time);

    CREATE TABLE request_totals (
      account_id uuid NOT NULL,
      operation uuid NOT NULL,
      calls bigint NOT NULL,
      PRIMARY KEY (account_id, operation)
    ) WITH (fillfactor = 50);

    CREATE TABLE request_months (
      account_id uuid NOT NULL,
      month integer NOT NULL,
      requests bigint NOT NULL,
      PRIMARY KEY (account_id, month)
    ) WITH (fillfactor = 50);

    CREATE TABLE key_usage (
      key_id uuid PRIMARY KEY,
      requests bigint NOT NULL,
      last_used_at bigint NOT NULL,
      last_used_ip text
    ) WITH (fillfactor = 50);
  `,
}
