import { changeSessions, insertSessions } from './0003-session-functions.ts'
import type { Migration } from './migration.ts'

/**
 * Ids are UUIDs; where one was another text, the column holds a digest of it and `odd` the text. The triggers hold two promises
 * even against a mistake in the code: the ledger only grows, and the end is the end.
 *
 * `ending` numbers the endings of all sessions in the order they were committed: see docs/decisions/0014-the-store-on-postgres.md.
 *
 * What is open is what has no `ended_at`: named so in the indexes, since a change of a column that an index mentions costs a new
 * entry in all of them, and going live then changes none. `account_gates` is the lock under which an account's sessions are
 * counted, and an upper bound of how many are open, so that they rarely need to be.
 */
export const sessions: Migration = {
  number: 3,
  name: 'sessions',
  sql: `
    CREATE TABLE sessions (
      id uuid PRIMARY KEY,
      position bigint GENERATED ALWAYS AS IDENTITY,
      kind text NOT NULL,
      account_id uuid NOT NULL,
      project_id uuid NOT NULL,
      agent_id uuid NOT NULL,
      key_id uuid,
      jti uuid NOT NULL UNIQUE,
      kid uuid NOT NULL,
      state text NOT NULL,
      reason text,
      created_at bigint NOT NULL,
      expires_at bigint NOT NULL,
      live_at bigint,
      ended_at bigint,
      settings text NOT NULL,
      bound_visitor_id uuid,
      entries integer NOT NULL,
      odd text,
      CHECK ((state = 'ended') = (ended_at IS NOT NULL))
    ) WITH (fillfactor = 80);
    CREATE INDEX sessions_by_agent ON sessions (account_id, project_id, agent_id, position);
    CREATE INDEX sessions_overdue ON sessions (expires_at) WHERE ended_at IS NULL;
    CREATE INDEX sessions_open ON sessions (account_id, expires_at) WHERE ended_at IS NULL;

    CREATE TABLE session_events (
      session uuid NOT NULL,
      number integer NOT NULL,
      at bigint NOT NULL,
      type text NOT NULL,
      facts text NOT NULL,
      ending bigint,
      PRIMARY KEY (session, number),
      CHECK ((type = 'ended') = (ending IS NOT NULL))
    );
    CREATE UNIQUE INDEX session_events_by_ending ON session_events (ending) WHERE ending IS NOT NULL;

    CREATE TABLE ending_count (single boolean PRIMARY KEY CHECK (single), last bigint NOT NULL) WITH (fillfactor = 10);
    INSERT INTO ending_count VALUES (true, 0);

    CREATE TABLE visitors (
      id uuid PRIMARY KEY,
      session uuid NOT NULL,
      resume_digest text NOT NULL,
      created_at bigint NOT NULL,
      odd text
    );

    CREATE TABLE account_gates (account_id uuid PRIMARY KEY, bound integer NOT NULL) WITH (fillfactor = 10);

    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    CREATE TRIGGER sessions_end_for_good BEFORE UPDATE ON sessions FOR EACH ROW
      WHEN (old.state = 'ended' AND (new.state, new.reason, new.ended_at) IS DISTINCT FROM (old.state, old.reason, old.ended_at))
      EXECUTE FUNCTION refuse_change('an ended session stays as it ended');
    CREATE TRIGGER sessions_stay BEFORE DELETE ON sessions FOR EACH ROW EXECUTE FUNCTION refuse_change('sessions are kept');
    CREATE TRIGGER sessions_stay_all BEFORE TRUNCATE ON sessions EXECUTE FUNCTION refuse_change('sessions are kept');
    CREATE TRIGGER session_events_stay BEFORE UPDATE OR DELETE ON session_events FOR EACH ROW
      EXECUTE FUNCTION refuse_change('the ledger only grows');
    CREATE TRIGGER session_events_stay_all BEFORE TRUNCATE ON session_events
      EXECUTE FUNCTION refuse_change('the ledger only grows');
    ${insertSessions}
    ${changeSessions}
  `,
}
