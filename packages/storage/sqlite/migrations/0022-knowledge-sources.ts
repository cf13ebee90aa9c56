import type { Migration } from './migration.ts'

/** What documents were read from, in a table of its own, so that no look at a document reads its bytes. */
export const knowledgeSources: Migration = {
  number: 22,
  name: 'knowledge-sources',
  sql: `
    CREATE TABLE knowledge_sources (
      document INTEGER PRIMARY KEY REFERENCES knowledge_documents (position) ON DELETE CASCADE,
      media_type TEXT NOT NULL,
      bytes BLOB NOT NULL
    ) STRICT;
  `,
}
