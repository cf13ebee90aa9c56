import type { Migration } from './migration.ts'

/** Each base has a full-text table of its own beside these, `knowledge_index_<position>`, made and dropped with it. */
export const knowledge: Migration = {
  number: 4,
  name: 'knowledge',
  sql: `
    CREATE TABLE knowledge_bases (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      account_id TEXT NOT NULL,
      project_id TEXT NOT NULL,
      name TEXT NOT NULL,
      description TEXT,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      UNIQUE (account_id, name)
    ) STRICT;

    CREATE TABLE knowledge_documents (
      position INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      base INTEGER NOT NULL REFERENCES knowledge_bases (position),
      name TEXT NOT NULL,
      title TEXT NOT NULL,
      url TEXT,
      media_type TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      hash TEXT NOT NULL,
      chunks INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      UNIQUE (base, name)
    ) STRICT;

    CREATE TABLE knowledge_chunks (
      position INTEGER PRIMARY KEY,
      document INTEGER NOT NULL REFERENCES knowledge_documents (position),
      number INTEGER NOT NULL,
      headings TEXT NOT NULL,
      anchor TEXT,
      text TEXT NOT NULL,
      keywords TEXT NOT NULL
    ) STRICT;
    CREATE INDEX knowledge_chunks_by_document ON knowledge_chunks (document);
  `,
}
