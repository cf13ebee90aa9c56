import type { Migration } from './migration.ts'

/**
 * `words` is what a passage is found by, cut and stemmed by us: title (A), headings (B), body and keywords (C). Each word begins with
 * the position of its base, so that one index over all bases finds only what is in the one that is searched. `length` is how many
 * words that are, and `version` of a base rises with each change of what is found in it.
 */
export const knowledge: Migration = {
  number: 4,
  name: 'knowledge',
  sql: `
    CREATE TABLE knowledge_bases (
      position integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      id text COLLATE "C" NOT NULL UNIQUE,
      account_id text COLLATE "C" NOT NULL,
      project_id text COLLATE "C" NOT NULL,
      name text COLLATE "C" NOT NULL,
      description text,
      created_at bigint NOT NULL,
      updated_at bigint NOT NULL,
      version bigint NOT NULL DEFAULT 0,
      chunks integer NOT NULL DEFAULT 0,
      words bigint NOT NULL DEFAULT 0
    );
    CREATE UNIQUE INDEX knowledge_bases_by_name ON knowledge_bases (account_id, md5(name));

    CREATE TABLE knowledge_documents (
      position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      id text COLLATE "C" NOT NULL UNIQUE,
      base integer NOT NULL REFERENCES knowledge_bases (position),
      name text COLLATE "C" NOT NULL,
      title text NOT NULL,
      url text,
      media_type text NOT NULL,
      bytes bigint NOT NULL,
      hash text NOT NULL,
      chunks integer NOT NULL,
      created_at bigint NOT NULL,
      updated_at bigint NOT NULL
    );
    CREATE UNIQUE INDEX knowledge_documents_by_name ON knowledge_documents (base, md5(name));

    CREATE TABLE knowledge_chunks (
      position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      document bigint NOT NULL REFERENCES knowledge_documents (position),
      number integer NOT NULL,
      headings text NOT NULL,
      anchor text,
      text text NOT NULL,
      keywords text NOT NULL,
      words tsvector NOT NULL,
      length integer NOT NULL
    );
    CREATE INDEX knowledge_chunks_by_document ON knowledge_chunks (document);
    CREATE INDEX knowledge_chunks_by_word ON knowledge_chunks USING gin (words) WITH (fastupdate = off);
  `,
}
