import type { Migration } from './migration.ts'

/**
 * Each passage has a line for what a sentence model made of it, from the moment it is put: so what is unread stands in an index of its
 * own, and nobody looks for it among all.
 */
export const chunkVectors: Migration = {
  number: 18,
  name: 'chunk-vectors',
  sql: `
    CREATE TABLE chunk_vectors (
      chunk bigint PRIMARY KEY REFERENCES knowledge_chunks (position) ON DELETE CASCADE,
      base integer NOT NULL,
      model text COLLATE "C",
      vector bytea,
      claimed_until bigint NOT NULL DEFAULT 0,
      CHECK ((model IS NULL) = (vector IS NULL))
    );
    CREATE INDEX chunk_vectors_unread ON chunk_vectors (chunk) WHERE model IS NULL;
    CREATE INDEX chunk_vectors_by_model ON chunk_vectors (model, chunk) WHERE model IS NOT NULL;
    CREATE INDEX chunk_vectors_by_base ON chunk_vectors (base, model) WHERE model IS NOT NULL;

    DROP INDEX knowledge_chunks_by_document;
    CREATE INDEX knowledge_chunks_by_place ON knowledge_chunks (document, number);

    CREATE FUNCTION begin_chunk_vectors() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO chunk_vectors (chunk, base)
        SELECT c.position, d.base FROM made c JOIN knowledge_documents d ON d.position = c.document;
      RETURN NULL;
    END $$;
    INSERT INTO chunk_vectors (chunk, base)
      SELECT c.position, d.base FROM knowledge_chunks c JOIN knowledge_documents d ON d.position = c.document;
    CREATE TRIGGER chunk_vectors_begin AFTER INSERT ON knowledge_chunks
      REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION begin_chunk_vectors();
  `,
}
