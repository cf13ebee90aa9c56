import type { Migration } from './migration.ts'

/** Keys that act in every project of an account, what a project knows of itself, and the newest agent it has. */
export const projects: Migration = {
  number: 13,
  name: 'projects',
  sql: `
    ALTER TABLE keys ADD COLUMN is_account_wide INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE projects ADD COLUMN origin_requests TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE projects ADD COLUMN deleted_at INTEGER;
    CREATE INDEX agents_by_project ON agents (facts ->> 'projectId', created_at, id) WHERE archived_at IS NULL;
  `,
}
