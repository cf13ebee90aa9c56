import type { Migration } from './migration.ts'

/**
 * Sums per agent. Sessions are never removed, so they also say how many an account has, which a list would otherwise have
 * to count. A session's row number follows its making, so an index on the account alone lists its sessions newest first.
 */
export const agentUsage: Migration = {
  number: 9,
  name: 'agent-usage',
  sql: `
    CREATE TABLE agent_usage (
      account_id ANY NOT NULL,
      agent_id ANY NOT NULL,
      sessions INTEGER NOT NULL,
      messages INTEGER NOT NULL,
      last_used_at INTEGER NOT NULL,
      PRIMARY KEY (account_id, agent_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX agent_usage_by_agent ON agent_usage (agent_id);

    INSERT INTO agent_usage (account_id, agent_id, sessions, messages, last_used_at)
    SELECT s.account_id, s.agent_id, count(*), coalesce(sum(t.visitor_messages), 0), max(s.created_at)
    FROM sessions s LEFT JOIN session_talks t ON t.session_id = s.id GROUP BY s.account_id, s.agent_id;

    CREATE INDEX sessions_by_account ON sessions (account_id);
    CREATE INDEX sessions_by_agent ON sessions (agent_id);
  `,
}
