/**
 * Stores new sessions, one for each element of the arrays, and says which were let in. One call is one transaction, so that the
 * gates are closed for no longer than the server itself takes. A statement of a function sees what was committed before that
 * statement, so whoever waited for a gate counts what the one before it let in.
 */
export const insertSessions = `
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

/**
 * Writes down what was decided on sessions whose rows the transaction has locked. Endings are numbered last, from a row whose lock
 * is held until the commit: the last number a reader sees is the last there is, and nothing below it comes later.
 */
export const changeSessions = `
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
