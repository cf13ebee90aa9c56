import type { Migration } from './migration.ts'

/**
 * The sums of an agent are kept for each project it was used in, since a session names its sums by their row: so a list of
 * a project's sessions is read and counted the same way as one of an agent's, and no session needs another index.
 */
export const usageByProject: Migration = {
  number: 15,
  name: 'usage-by-project',
  sql: `
    CREATE TABLE usage_by_project (
      position INTEGER PRIMARY KEY,
      account_id ANY NOT NULL,
      agent_id ANY NOT NULL,
      project_id ANY NOT NULL,
      sessions INTEGER NOT NULL,
      messages INTEGER NOT NULL,
      last_used_at INTEGER,
      UNIQUE (account_id, agent_id, project_id)
    ) STRICT;
    INSERT INTO usage_by_project (account_id, agent_id, project_id, sessions, messages, last_used_at)
    SELECT s.account_id, s.agent_id, s.project_id, count(*), coalesce(sum(t.visitor_messages), 0), max(u.last_used_at)
    FROM sessions s LEFT JOIN session_talks t ON t.session_id = s.id LEFT JOIN agent_usage u ON u.position = s.usage
    GROUP BY s.account_id, s.agent_id, s.project_id;

    UPDATE sessions SET usage = (SELECT u.position FROM usage_by_project u WHERE u.account_id = sessions.account_id
      AND u.agent_id = sessions.agent_id AND u.project_id = sessions.project_id);
    DROP TABLE agent_usage;
    ALTER TABLE usage_by_project RENAME TO agent_usage;
    CREATE INDEX agent_usage_by_agent ON agent_usage (agent_id);
  `,
}
