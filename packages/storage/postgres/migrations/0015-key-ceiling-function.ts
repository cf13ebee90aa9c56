/**
 * Stores new sessions as the function before it did, and counts under the same gate what a key has open: a key is its account's alone,
 * so whoever holds the account's gate holds all its keys'. Says for each session which ceiling refused it; null for one let in.
 */
export const insertSessionsUnderCeilings = `
    CREATE FUNCTION insert_sessions(
      accounts uuid[], wanted int[], lowest int[], highest int[], at_time bigint, my_share smallint,
      keys uuid[], key_accounts int[], key_highest int[],
      job_account int[], job_ceiling int[], job_key int[], job_key_ceiling int[],
      ids uuid[], kinds text[], project_ids uuid[], agent_ids uuid[], key_ids uuid[], jtis uuid[], kids uuid[],
      states text[], reasons text[], created bigint[], expires bigint[], lives bigint[], ends bigint[], settings_of text[],
      bound_ids uuid[], entry_counts int[], odds text[], entry_at bigint[], entry_types text[], entry_facts text[]
    ) RETURNS text[] LANGUAGE plpgsql AS $$
    DECLARE
      bounds int[] := '{}';
      counts int[] := '{}';
      key_counts int[] := '{}';
      refused text[] := '{}';
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
      FOR i IN 1 .. cardinality(keys) LOOP
        SELECT count(*) INTO counted FROM (SELECT FROM sessions WHERE account_id = accounts[key_accounts[i]]
          AND key_id = keys[i] AND ended_at IS NULL AND expires_at > at_time LIMIT key_highest[i]) AS open;
        key_counts[i] := counted;
      END LOOP;
      FOR j IN 1 .. cardinality(ids) LOOP
        refused[j] := CASE
          WHEN counts[job_account[j]] >= job_ceiling[j] THEN 'account'
          WHEN key_counts[job_key[j]] >= job_key_ceiling[j] THEN 'key'
        END;
        CONTINUE WHEN refused[j] IS NOT NULL;
        counts[job_account[j]] := counts[job_account[j]] + 1;
        bounds[job_account[j]] := bounds[job_account[j]] + 1;
        IF job_key[j] IS NOT NULL THEN key_counts[job_key[j]] := key_counts[job_key[j]] + 1; END IF;
      END LOOP;
      FOR i IN 1 .. cardinality(accounts) LOOP
        UPDATE account_gates SET bound = bounds[i] WHERE account_id = accounts[i];
      END LOOP;
      INSERT INTO sessions (id, kind, account_id, project_id, agent_id, key_id, jti, kid, state, reason, created_at,
        expires_at, live_at, ended_at, settings, bound_visitor_id, entries, odd)
      SELECT id, kind, accounts[account], project_id, agent_id, key_id, jti, kid, state, reason, created_at,
        expires_at, live_at, ended_at, settings, bound_visitor_id, entries, odd
      FROM unnest(ids, kinds, job_account, project_ids, agent_ids, key_ids, jtis, kids, states, reasons, created, expires,
        lives, ends, settings_of, bound_ids, entry_counts, odds, refused)
        AS job (id, kind, account, project_id, agent_id, key_id, jti, kid, state, reason, created_at, expires_at, live_at,
        ended_at, settings, bound_visitor_id, entries, odd, refused_by)
      WHERE refused_by IS NULL;
      INSERT INTO session_events (session, number, at, type, facts)
      SELECT session, 1, at, type, facts FROM unnest(ids, entry_at, entry_types, entry_facts, refused)
        AS entry (session, at, type, facts, refused_by) WHERE refused_by IS NULL;
      INSERT INTO agent_usage AS known (account_id, project_id, agent_id, share, sessions, messages, last_used_at)
      SELECT accounts[account], project_id, agent_id, my_share, count(*), 0, max(created_at)
      FROM unnest(job_account, project_ids, agent_ids, created, refused)
        AS use (account, project_id, agent_id, created_at, refused_by)
      WHERE refused_by IS NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      ON CONFLICT (account_id, project_id, agent_id, share) DO UPDATE SET sessions = known.sessions + excluded.sessions,
        last_used_at = greatest(known.last_used_at, excluded.last_used_at);
      RETURN refused;
    END $$;`
