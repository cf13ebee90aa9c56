import type { Migration } from './migration.ts'

export const accounts: Migration = {
  number: 1,
  name: 'accounts',
  sql: `
    CREATE TABLE time_mark (only INTEGER PRIMARY KEY CHECK (only = 1), at INTEGER NOT NULL) STRICT;
    INSERT INTO time_mark VALUES (1, 0);

    CREATE TABLE accounts (
      position INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      concurrency INTEGER,
      max_duration_seconds INTEGER,
      suspended_at INTEGER,
      created_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX accounts_by_name ON accounts (name);

    CREATE TABLE projects (
      position INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      account_id TEXT NOT NULL REFERENCES accounts (id),
      slug TEXT NOT NULL,
      name TEXT NOT NULL,
      strict_origins INTEGER NOT NULL,
      allowed_origins TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      UNIQUE (account_id, slug)
    ) STRICT;

    CREATE TABLE keys (
      position INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      account_id TEXT NOT NULL REFERENCES accounts (id),
      project_id TEXT NOT NULL,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      digest TEXT NOT NULL UNIQUE,
      prefix TEXT NOT NULL,
      masked TEXT NOT NULL,
      scopes TEXT NOT NULL,
      rate_limit INTEGER,
      rate_window_seconds INTEGER,
      max_duration_seconds INTEGER,
      allowed_origins TEXT NOT NULL,
      expires_at INTEGER,
      disabled_at INTEGER,
      created_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX keys_by_account ON keys (account_id);

    CREATE TABLE signing_keys (
      position INTEGER PRIMARY KEY,
      kid TEXT NOT NULL UNIQUE,
      project_id TEXT NOT NULL,
      sealed BLOB NOT NULL,
      created_at INTEGER NOT NULL,
      retires_at INTEGER
    ) STRICT;
    CREATE INDEX signing_keys_by_project ON signing_keys (project_id, created_at);
  `,
}
