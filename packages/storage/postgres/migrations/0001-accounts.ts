import type { Migration } from './migration.ts'

/**
 * Names are compared by their bytes. Where a text of any length must be unique, its MD5 is indexed: an index entry has room for
 * less than 3 KB, and who finds two names of one digest only refuses himself the second.
 */
export const accounts: Migration = {
  number: 1,
  name: 'accounts',
  sql: `
    CREATE TABLE time_mark (single boolean PRIMARY KEY CHECK (single), at bigint NOT NULL) WITH (fillfactor = 10);
    INSERT INTO time_mark VALUES (true, 0);

    CREATE TABLE accounts (
      position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      id text COLLATE "C" NOT NULL,
      name text COLLATE "C" NOT NULL,
      concurrency integer,
      max_duration_seconds integer,
      suspended_at bigint,
      created_at bigint NOT NULL
    );
    CREATE UNIQUE INDEX accounts_by_id ON accounts (id);
    CREATE UNIQUE INDEX accounts_by_name ON accounts (md5(name));

    CREATE TABLE projects (
      position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      id text COLLATE "C" NOT NULL UNIQUE,
      account_id text COLLATE "C" NOT NULL REFERENCES accounts (id),
      slug text COLLATE "C" NOT NULL,
      name text COLLATE "C" NOT NULL,
      strict_origins boolean NOT NULL,
      allowed_origins text NOT NULL,
      origin_requests text NOT NULL,
      deleted_at bigint,
      created_at bigint NOT NULL,
      UNIQUE (account_id, slug)
    );

    CREATE TABLE keys (
      position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      id text COLLATE "C" NOT NULL UNIQUE,
      account_id text COLLATE "C" NOT NULL REFERENCES accounts (id),
      project_id text COLLATE "C" NOT NULL,
      is_account_wide boolean NOT NULL,
      kind text NOT NULL,
      name text NOT NULL,
      digest text COLLATE "C" NOT NULL UNIQUE,
      prefix text NOT NULL,
      masked text NOT NULL,
      scopes text NOT NULL,
      rate_limit integer,
      rate_window_seconds integer,
      max_duration_seconds integer,
      allowed_origins text NOT NULL,
      expires_at bigint,
      disabled_at bigint,
      created_at bigint NOT NULL
    );
    CREATE INDEX keys_by_account ON keys (account_id);

    CREATE TABLE signing_keys (
      position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      kid text COLLATE "C" NOT NULL UNIQUE,
      project_id text COLLATE "C" NOT NULL,
      sealed bytea NOT NULL,
      created_at bigint NOT NULL,
      retires_at bigint
    );
    CREATE INDEX signing_keys_by_project ON signing_keys (project_id, created_at);
  `,
}
