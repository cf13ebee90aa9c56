import type { Migration } from './migration.ts'

/**
 * Sums per agent. Sessions are never removed, so they also say how many an account has, which a list would otherwise have
 * to count. A session names its agent's sums by their row: an index on that small number costs an insert a third of what
 * one on the ids does, and since row numbers follow the making, it lists an agent's sessions newest first.
 */
export const agentUsage: Migration = {
  number: 9,
  name: 'agent-usage',
  sql: `
    CREATE TABLE agent_usage (
      position INTEGER PRIMARY KEY,
      account_id ANY NOT NULL,
      agent_id ANY NOT NULL,
      sessions INTEGER NOT NULL,
      messages INTEGER NOT NULL,
      last_used_at INTEGER,
      UNIQUE (account_id, agent_id)
    ) STRICT;
    CREATE INDEX agent_usage_by_agent ON agent_usage (agent_id);

    INSERT INTO agent_usage (account_id, agent_id, sessions, messages, last_used_at)
    SELECT s.account_id, s.agent_id, count(*), coalesce(sum(t.visitor_messages), 0), max(s.created_at)
    FROM sessions s LEFT JOIN session_talks t ON t.session_id = s.id GROUP BY s.account_id, s.agent_id;

    ALTER TABLE sessions ADD COLUMN usage INTEGER;
    UPDATE sessions SET usage =
      (SELECT u.position FROM agent_usage u WHERE u.account_id = sessions.account_id AND u.agent_id = sessions.agent_id);
    CREATE INDEX sessions_by_usage ON sessions (usage);
  `,
}
