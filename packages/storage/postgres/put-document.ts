import type { Chunk, KnowledgeDocument, KnowledgeStore } from '@parlor/conversation/knowledge'
import { ParlorError } from '@parlor/core/errors'
import type { Access, Statement, Transaction } from './access.ts'
import { indexFields } from './full-text.ts'

type DocumentWriter = Pick<KnowledgeStore, 'putDocument' | 'removeDocument' | 'removeBase'>

const named = (name: string, text: string): Statement => ({ name, text })

const statements = {
  // Whoever changes a base holds it, so its sums and its version are right.
  lockBase: named('lock-base', 'SELECT position FROM knowledge_bases WHERE id = $1 FOR UPDATE'),
  findDocument: named(
    'find-document-in-base',
    `SELECT position, id, created_at FROM knowledge_documents WHERE base = $1 AND md5(name) = md5($2) AND name = $2`,
  ),
  insertDocument: named(
    'insert-document',
    `INSERT INTO knowledge_documents (id, base, name, title, url, media_type, bytes, hash, chunks, created_at, updated_at,
       description)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING position`,
  ),
  updateDocument: named(
    'update-document',
    `UPDATE knowledge_documents SET title = $2, url = $3, media_type = $4, bytes = $5, hash = $6, chunks = $7,
       updated_at = $8, description = $9 WHERE position = $1`,
  ),
  deleteChunks: named(
    'delete-chunks',
    `WITH gone AS (DELETE FROM knowledge_chunks WHERE document = $2 RETURNING length)
     UPDATE knowledge_bases SET version = version + 1, chunks = chunks - (SELECT count(*) FROM gone),
       words = words - (SELECT coalesce(sum(length), 0) FROM gone) WHERE position = $1`,
  ),
  insertChunks: named(
    'insert-chunks',
    `WITH made AS (
       INSERT INTO knowledge_chunks (document, number, headings, anchor, text, keywords, words, length)
       SELECT $2, number, headings, anchor, text, keywords, words, length
       FROM unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::tsvector[], $9::int[])
         AS c (number, headings, anchor, text, keywords, words, length)
       RETURNING length)
     UPDATE knowledge_bases SET version = version + 1, chunks = chunks + (SELECT count(*) FROM made),
       words = words + (SELECT coalesce(sum(length), 0) FROM made) WHERE position = $1`,
  ),
  deleteSource: named('delete-source', 'DELETE FROM knowledge_sources WHERE document = $1'),
  insertSource: named(
    'insert-source',
    'INSERT INTO knowledge_sources (document, media_type, bytes) VALUES ($1, $2, $3)',
  ),
  deleteDocument: named(
    'delete-document',
    'DELETE FROM knowledge_documents WHERE id = $2 AND base = $1 RETURNING position',
  ),
  listDocuments: named('list-positions', 'SELECT position FROM knowledge_documents WHERE base = $1'),
  deleteDocuments: named('delete-documents', 'DELETE FROM knowledge_documents WHERE base = $1'),
  deleteBase: named('delete-base', 'DELETE FROM knowledge_bases WHERE position = $1'),
  lockBaseOf: named(
    'lock-base-of',
    'SELECT position FROM knowledge_bases WHERE id = $1 AND account_id = $2 FOR UPDATE',
  ),
} as const

/** Chunks sent in one statement: none takes so long that it looks stuck. */
const chunksAtOnce = 200

/** Documents with their chunks, written and removed. */
export function documentWriter({ transact }: Access): DocumentWriter {
  return {
    putDocument: (document, chunks, source) =>
      transact(async (transaction) => {
        const base = await lockBase(transaction, document.knowledgeBaseId)
        if (base === null) throw new ParlorError('not_found', { message: 'There is no such knowledge base.' })
        const older = await findOlder(transaction, base, document.name)
        const stored = older === null ? document : { ...document, id: older.id, createdAt: older.created_at }
        const position = await putRow(transaction, {
          base,
          stored,
          older: older?.position ?? null,
          chunks: chunks.length,
        })
        if (older !== null) {
          transaction.send(statements.deleteChunks, [base, position])
          transaction.send(statements.deleteSource, [position])
        }
        if (source !== undefined) transaction.send(statements.insertSource, [position, source.mediaType, source.bytes])
        for (let from = 0; from < chunks.length; from += chunksAtOnce) {
          const some = chunks.slice(from, from + chunksAtOnce)
          transaction.send(statements.insertChunks, [base, position, ...chunkColumns(base, stored.title, some)])
        }
        return { document: stored, replaced: older !== null }
      }),
    removeDocument: (baseId, id) =>
      transact(async (transaction) => {
        const base = await lockBase(transaction, baseId)
        const found = firstOf(await transaction.ask<Placed>(findById, [base ?? -1, id]))
        if (base === null || found === null) return false
        transaction.send(statements.deleteChunks, [base, found.position])
        transaction.send(statements.deleteDocument, [base, id])
        return true
      }),
    removeBase: (accountId, id) =>
      transact(async (transaction) => {
        const base = firstOf(await transaction.ask<Placed>(statements.lockBaseOf, [id, accountId]))?.position ?? null
        if (base === null) return false
        for (const { position } of await transaction.ask<Placed>(statements.listDocuments, [base])) {
          transaction.send(statements.deleteChunks, [base, position])
        }
        transaction.send(statements.deleteDocuments, [base])
        transaction.send(statements.deleteBase, [base])
        return true
      }),
  }
}

interface Placed {
  position: number
}

const findById = named('find-document-by-id', 'SELECT position FROM knowledge_documents WHERE base = $1 AND id = $2')

function firstOf<Row>(rows: readonly Row[]): Row | null {
  return rows[0] ?? null
}

async function lockBase({ ask }: Transaction, baseId: string): Promise<number | null> {
  return firstOf(await ask<Placed>(statements.lockBase, [baseId]))?.position ?? null
}

async function findOlder({ ask }: Transaction, base: number, name: string) {
  return firstOf(await ask<Placed & { id: string; created_at: number }>(statements.findDocument, [base, name]))
}

async function putRow(
  { ask, send }: Transaction,
  { base, stored, older, chunks }: { base: number; stored: KnowledgeDocument; older: number | null; chunks: number },
): Promise<number> {
  const { title, url, mediaType, bytes, hash, updatedAt } = stored
  const description = stored.description ?? null
  if (older !== null) {
    send(statements.updateDocument, [older, title, url, mediaType, bytes, hash, chunks, updatedAt, description])
    return older
  }
  const { id, name, createdAt } = stored
  const values = [id, base, name, title, url, mediaType, bytes, hash, chunks, createdAt, updatedAt, description]
  return (firstOf(await ask<Placed>(statements.insertDocument, values)) as Placed).position
}

function chunkColumns(base: number, title: string, chunks: readonly Chunk[]): (string | number | null)[][] {
  const indexed = chunks.map(({ headings, text, keywords }) =>
    indexFields(base, [title, headings.join('\n'), text, keywords]),
  )
  return [
    chunks.map(({ position }) => position),
    chunks.map(({ headings }) => JSON.stringify(headings)),
    chunks.map(({ anchor }) => anchor),
    chunks.map(({ text }) => text),
    chunks.map(({ keywords }) => keywords),
    indexed.map(({ words }) => words),
    indexed.map(({ length }) => length),
  ]
}
