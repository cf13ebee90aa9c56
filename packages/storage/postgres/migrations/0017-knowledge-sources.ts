import type { Migration } from './migration.ts'

/** What documents were read from, in a table of its own, so that no look at a document reads its bytes. */
export const knowledgeSources: Migration = {
  number: 17,
  name: 'knowledge-sources',
  sql: `
    CREATE TABLE knowledge_sources (
      document bigint PRIMARY KEY REFERENCES knowledge_documents (position) ON DELETE CASCADE,
      media_type text COLLATE "C" NOT NULL,
      bytes bytea NOT NULL
    );
    ALTER TABLE knowledge_sources ALTER COLUMN bytes SET STORAGE EXTERNAL;
  `,
}
