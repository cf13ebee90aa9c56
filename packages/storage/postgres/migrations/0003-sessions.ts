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
    ${insertSessions()}
    ${changeSessions()}
  `,
}

/**
 * Stores new sessions, one for each element of the arrays, and says which were let in. One call is one transaction, so that the
 * gates are closed for no longer than the server itself takes. A statement of a function sees what was committed before that
 * statement, so whoever waited for a gate counts what the one before it let in.
 */
function insertSessions(): string {
  return `
    CREATE FUNCTION insert_sessions(
      accounts uuid[], wanted int[], lowest int[], highest int[], at_time bigint, my_share smallint,
      job_account int[], job_ceiling int[],
      ids uuid[], kinds text[], project_ids uuid[], agent_ids uuid[], key_ids uuid[], jtis uuid[], kids uuid[],
      states text[], reasons text[], created bigint[], expires bigint[], lives bigint[], ends bigint[], settings_of text[],
      bound_ids uuid[], entry_counts int[], odds text[], entry_at bigint[], entry_types text[], entry_facts text[]
    ) RETURNS boolean[] LANGUAGE plpgsql AS $$
    DECLARE
      bounds int[] := '{}';
      counts int[] := '{}';
      admitted boolean[] := '{}';
      gate int;
      counted int;
    BEGIN
      FOR i IN 1 .. cardinality(accounts) LOOP
        SELECT bound INTO gate FROM account_gates WHERE account_id = accounts[i] FOR UPDATE;
        IF NOT FOUND THEN
          INSERT INTO account_gates VALUES (accounts[i], 0) ON CONFLICT DO NOTHING;
          SELECT bound INTO gate FROM account_gates WHERE account_id = accounts[i] FOR UPDATE;
        END IF;
        counted := gate;
        IF gate + wanted[i] > lowest[i] THEN
          SELECT count(*) INTO counted FROM (SELECT FROM sessions WHERE account_id = accounts[i] AND ended_at IS NULL
            AND expires_at > at_time LIMIT highest[i]) AS open;
          -- What was counted to the end is a bound, and what was not leaves the one there is.
          IF counted < highest[i] THEN gate := counted; END IF;
        END IF;
        bounds[i] := gate;
        counts[i] := counted;
      END LOOP;
      FOR j IN 1 .. cardinality(ids) LOOP
        admitted[j] := job_ceiling[j] IS NULL OR counts[job_account[j]] < job_ceiling[j];
        IF admitted[j] THEN
          counts[job_account[j]] := counts[job_account[j]] + 1;
          bounds[job_account[j]] := bounds[job_account[j]] + 1;
        END IF;
      END LOOP;
      FOR i IN 1 .. cardinality(accounts) LOOP
        UPDATE account_gates SET bound = bounds[i] WHERE account_id = accounts[i];
      END LOOP;
      INSERT INTO sessions (id, kind, account_id, project_id, agent_id, key_id, jti, kid, state, reason, created_at,
        expires_at, live_at, ended_at, settings, bound_visitor_id, entries, odd)
      SELECT id, kind, accounts[account], project_id, agent_id, key_id, jti, kid, state, reason, created_at,
        expires_at, live_at, ended_at, settings, bound_visitor_id, entries, odd
      FROM unnest(ids, kinds, job_account, project_ids, agent_ids, key_ids, jtis, kids, states, reasons, created, expires,
        lives, ends, settings_of, bound_ids, entry_counts, odds, admitted)
        AS job (id, kind, account, project_id, agent_id, key_id, jti, kid, state, reason, created_at, expires_at, live_at,
        ended_at, settings, bound_visitor_id, entries, odd, is_admitted)
      WHERE is_admitted;
      INSERT INTO session_events (session, number, at, type, facts)
      SELECT session, 1, at, type, facts FROM unnest(ids, entry_at, entry_types, entry_facts, admitted)
        AS entry (session, at, type, facts, is_admitted) WHERE is_admitted;
      INSERT INTO agent_usage AS known (account_id, project_id, agent_id, share, sessions, messages, last_used_at)
      SELECT accounts[account], project_id, agent_id, my_share, count(*), 0, max(created_at)
      FROM unnest(job_account, project_ids, agent_ids, created, admitted)
        AS use (account, project_id, agent_id, created_at, is_admitted)
      WHERE is_admitted GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      ON CONFLICT (account_id, project_id, agent_id, share) DO UPDATE SET sessions = known.sessions + excluded.sessions,
        last_used_at = greatest(known.last_used_at, excluded.last_used_at);
      RETURN admitted;
    END $$;`
}

/**
 * Writes down what was decided on sessions whose rows the transaction has locked. Endings are numbered last, from a row whose lock
 * is held until the commit: the last number a reader sees is the last there is, and nothing below it comes later.
 */
function changeSessions(): string {
  return `
    CREATE FUNCTION change_sessions(
      ids uuid[], states text[], reasons text[], expires bigint[], lives bigint[], ends bigint[], bound_ids uuid[],
      entry_counts int[], odds text[],
      visitor_ids uuid[], visitor_sessions uuid[], digests text[], visitor_created bigint[], visitor_odds text[],
      entry_sessions uuid[], numbers int[], entry_at bigint[], entry_types text[], entry_facts text[]
    ) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      endings int := cardinality(array_positions(entry_types, 'ended'));
      before bigint := 0;
    BEGIN
      UPDATE sessions s SET state = c.state, reason = c.reason, expires_at = c.expires_at, live_at = c.live_at,
        ended_at = c.ended_at, bound_visitor_id = c.bound_visitor_id, entries = c.entries, odd = c.odd
      FROM unnest(ids, states, reasons, expires, lives, ends, bound_ids, entry_counts, odds)
        AS c (id, state, reason, expires_at, live_at, ended_at, bound_visitor_id, entries, odd)
      WHERE s.id = c.id;
      INSERT INTO visitors (id, session, resume_digest, created_at, odd)
      SELECT * FROM unnest(visitor_ids, visitor_sessions, digests, visitor_created, visitor_odds);
      IF endings > 0 THEN
        UPDATE ending_count SET last = last + endings RETURNING last - endings INTO before;
      END IF;
      INSERT INTO session_events (session, number, at, type, facts, ending)
      SELECT session, number, at, type, facts,
        CASE WHEN type = 'ended' THEN before + count(*) FILTER (WHERE type = 'ended') OVER (ORDER BY place) END
      FROM unnest(entry_sessions, numbers, entry_at, entry_types, entry_facts) WITH ORDINALITY
        AS entry (session, number, at, type, facts, place);
    END $$;`
}
