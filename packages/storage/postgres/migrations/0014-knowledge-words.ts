import type { Migration } from './migration.ts'

/** For whom a base was made, and what its owner says of a document. */
export const knowledgeWords: Migration = {
  number: 14,
  name: 'knowledge-words',
  sql: `
    ALTER TABLE knowledge_bases ADD COLUMN client text COLLATE "C";
    ALTER TABLE knowledge_documents ADD COLUMN description text COLLATE "C";
  `,
}
