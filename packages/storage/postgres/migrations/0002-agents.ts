import type { Migration } from './migration.ts'

/**
 * Each kind of thing is one table; what makes a kind special stands in its JSON column `facts`. What agents were used for is
 * summed in several rows for each, since one would be a queue of all nodes: a node always moves the same one, its `share`.
 */
export const agents: Migration = {
  number: 2,
  name: 'agents',
  sql: `${['agents', 'avatars', 'voices', 'brains']
    .map(
      (table) => `
    CREATE TABLE ${table} (
      position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      id text COLLATE "C" NOT NULL UNIQUE,
      account_id text COLLATE "C",
      name text NOT NULL,
      facts text NOT NULL,
      created_at bigint NOT NULL,
      archived_at bigint
    );
    CREATE INDEX ${table}_by_account ON ${table} (account_id, created_at) WHERE archived_at IS NULL;`,
    )
    .join('\n')}
    ALTER TABLE agents ADD COLUMN project_id text COLLATE "C";
    CREATE INDEX agents_by_project ON agents (project_id, created_at, id) WHERE archived_at IS NULL;

    CREATE TABLE agent_usage (
      account_id uuid NOT NULL,
      project_id uuid NOT NULL,
      agent_id uuid NOT NULL,
      share smallint NOT NULL,
      sessions bigint NOT NULL,
      messages bigint NOT NULL,
      last_used_at bigint,
      PRIMARY KEY (account_id, project_id, agent_id, share)
    ) WITH (fillfactor = 50);
    CREATE INDEX agent_usage_by_agent ON agent_usage (agent_id);
  `,
}
