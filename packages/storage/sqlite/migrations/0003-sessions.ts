import type { Migration } from './migration.ts'

/**
 * Columns of type ANY hold packed ids. The ledger names its session by position, which is what makes a row of it small.
 * The triggers hold two promises even against a mistake in the code: the ledger only grows, and the end is the end.
 */
export const sessions: Migration = {
  number: 3,
  name: 'sessions',
  sql: `
    CREATE TABLE sessions (
      position INTEGER PRIMARY KEY,
      id ANY NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      account_id ANY NOT NULL,
      project_id ANY NOT NULL,
      agent_id ANY NOT NULL,
      key_id ANY,
      jti ANY NOT NULL UNIQUE,
      kid ANY NOT NULL,
      state TEXT NOT NULL,
      reason TEXT,
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      live_at INTEGER,
      ended_at INTEGER,
      settings TEXT NOT NULL,
      bound_visitor_id ANY,
      entries INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX sessions_overdue ON sessions (expires_at) WHERE state <> 'ended';
    CREATE INDEX sessions_open ON sessions (account_id, expires_at) WHERE state <> 'ended';

    CREATE TRIGGER sessions_end_for_good BEFORE UPDATE ON sessions
    WHEN old.state = 'ended' AND (new.state, new.reason, new.ended_at) IS NOT (old.state, old.reason, old.ended_at)
    BEGIN SELECT raise(ABORT, 'an ended session stays as it ended'); END;
    CREATE TRIGGER sessions_stay BEFORE DELETE ON sessions
    BEGIN SELECT raise(ABORT, 'sessions are kept'); END;

    CREATE TABLE session_events (
      position INTEGER PRIMARY KEY,
      session INTEGER NOT NULL REFERENCES sessions (position),
      number INTEGER NOT NULL,
      at INTEGER NOT NULL,
      type TEXT NOT NULL,
      facts TEXT NOT NULL,
      UNIQUE (session, number)
    ) STRICT;
    CREATE TRIGGER session_events_unchanged BEFORE UPDATE ON session_events
    BEGIN SELECT raise(ABORT, 'the ledger only grows'); END;
    CREATE TRIGGER session_events_stay BEFORE DELETE ON session_events
    BEGIN SELECT raise(ABORT, 'the ledger only grows'); END;

    CREATE TABLE visitors (
      position INTEGER PRIMARY KEY,
      id ANY NOT NULL UNIQUE,
      session INTEGER NOT NULL REFERENCES sessions (position),
      resume_digest TEXT NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT;
  `,
}
