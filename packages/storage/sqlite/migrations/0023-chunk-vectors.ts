import type { Migration } from './migration.ts'

/**
 * Each passage has a line for what a sentence model made of it, from the moment it is put: so what is unread stands in an index of its
 * own, and nobody looks for it among all. The line's number is the passage's name outside, because a passage's own is used again
 * after it is gone.
 */
export const chunkVectors: Migration = {
  number: 23,
  name: 'chunk-vectors',
  sql: `
    CREATE TABLE chunk_vectors (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      chunk INTEGER NOT NULL UNIQUE REFERENCES knowledge_chunks (position) ON DELETE CASCADE,
      base INTEGER NOT NULL,
      model TEXT,
      vector BLOB,
      claimed_until INTEGER NOT NULL DEFAULT 0,
      CHECK ((model IS NULL) = (vector IS NULL))
    ) STRICT;
    CREATE INDEX chunk_vectors_unread ON chunk_vectors (position, claimed_until) WHERE model IS NULL;
    CREATE INDEX chunk_vectors_by_model ON chunk_vectors (model) WHERE model IS NOT NULL;
    CREATE INDEX chunk_vectors_by_base ON chunk_vectors (base, model) WHERE model IS NOT NULL;

    DROP INDEX knowledge_chunks_by_document;
    CREATE INDEX knowledge_chunks_by_place ON knowledge_chunks (document, number);

    INSERT INTO chunk_vectors (chunk, base)
      SELECT c.position, d.base FROM knowledge_chunks c JOIN knowledge_documents d ON d.position = c.document ORDER BY c.position;
    CREATE TRIGGER chunk_vectors_begin AFTER INSERT ON knowledge_chunks BEGIN
      INSERT INTO chunk_vectors (chunk, base) SELECT NEW.position, base FROM knowledge_documents WHERE position = NEW.document;
    END;
  `,
}
