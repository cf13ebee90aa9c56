import type { Migration } from './migration.ts'

export const operatorSessions: Migration = {
  number: 8,
  name: 'operator-sessions',
  sql: `
    CREATE TABLE operator_sessions (
      position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      id text COLLATE "C" NOT NULL UNIQUE,
      account_id text COLLATE "C" NOT NULL,
      key_id text COLLATE "C" NOT NULL,
      digest text COLLATE "C" NOT NULL UNIQUE,
      created_at bigint NOT NULL,
      expires_at bigint NOT NULL,
      revoked_at bigint
    );
  `,
}
