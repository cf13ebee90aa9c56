import type { DatabaseSync } from 'node:sqlite'
import type { UnreadPassage, VectorStore } from '@parlor/conversation/knowledge'
import { packVector, unpackVector } from '../vectors/pack-vector.ts'
import type { Access } from './access.ts'
import { prepareWrite } from './prepare-write.ts'

/** Vectors in SQLite, a line for each passage. After a change of the model, what several others read comes model by model. */
export function sqliteVectorStore({ db, read, write }: Access): VectorStore {
  const { listUnread, claim, put, find, count } = statementsOf(db)
  return {
    claimUnread: (model, { limit, now, until }) =>
      write(() => {
        const rows = listUnread.all(model, now, Math.max(0, limit)) as unknown as UnreadRow[]
        for (const { position } of rows) claim.run(until, position)
        return rows.map(toPassage)
      }),
    putVectors: (model, vectors) =>
      write(() => {
        for (const { id, vector } of vectors) put.run(model, packVector(vector), Number(id))
      }),
    findVectors: (model, places) =>
      read(() =>
        places.map(({ documentId, position }) => {
          const bytes = find.get(documentId, position, model)?.vector
          return bytes instanceof Uint8Array ? unpackVector(bytes) : null
        }),
      ),
    countRead: (model, baseId) =>
      read(() => {
        const row = count.get(baseId, model)
        return { passages: Number(row?.passages ?? 0), read: Number(row?.read ?? 0) }
      }),
  }
}

interface UnreadRow {
  position: number
  title: string
  headings: string
  text: string
}

function toPassage({ position, title, headings, text }: UnreadRow): UnreadPassage {
  return { id: String(position), title, headings: JSON.parse(headings), text }
}

function statementsOf(db: DatabaseSync) {
  const ofOthers = (side: '<' | '>') => `
    SELECT position FROM (SELECT position FROM chunk_vectors INDEXED BY chunk_vectors_by_model
      WHERE model ${side} ?1 ORDER BY model, position LIMIT ?3)`
  return {
    listUnread: db.prepare(`
      SELECT free.position, d.title, c.headings, c.text
      FROM (
        SELECT position FROM (SELECT position FROM chunk_vectors INDEXED BY chunk_vectors_unread
          WHERE model IS NULL AND claimed_until <= ?2 ORDER BY position LIMIT ?3)
        UNION ALL ${ofOthers('<')}
        UNION ALL ${ofOthers('>')}
        ORDER BY position LIMIT ?3) free
      JOIN chunk_vectors v ON v.position = free.position
      JOIN knowledge_chunks c ON c.position = v.chunk
      JOIN knowledge_documents d ON d.position = c.document
      ORDER BY free.position`),
    claim: prepareWrite(
      db,
      'UPDATE chunk_vectors SET model = NULL, vector = NULL, claimed_until = ? WHERE position = ?',
    ),
    put: prepareWrite(db, 'UPDATE chunk_vectors SET model = ?, vector = ? WHERE position = ?'),
    find: db.prepare(`
      SELECT v.vector FROM knowledge_documents d
      JOIN knowledge_chunks c ON c.document = d.position
      JOIN chunk_vectors v ON v.chunk = c.position
      WHERE d.id = ? AND c.number = ? AND v.model = ?`),
    count: db.prepare(`
      SELECT (SELECT coalesce(sum(chunks), 0) FROM knowledge_documents WHERE base = b.position) AS passages,
        (SELECT count(*) FROM chunk_vectors WHERE base = b.position AND model = ?2) AS read
      FROM knowledge_bases b WHERE b.id = ?1`),
  }
}
