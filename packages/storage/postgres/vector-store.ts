import type { UnreadPassage, VectorStore } from '@parlor/conversation/knowledge'
import { packVector, unpackVector } from '../vectors/pack-vector.ts'
import type { Access, Statement } from './access.ts'

const ofOthers = (side: '<' | '>') => `
        SELECT chunk FROM (SELECT chunk FROM chunk_vectors WHERE model ${side} $1
          ORDER BY model, chunk LIMIT $4 FOR NO KEY UPDATE SKIP LOCKED) AS others`

const claim: Statement = {
  name: 'claim-unread',
  // Nodes that ask at once pass over each other's rows. As an array, because Postgres thinks a list cut by a parameter is a long one.
  text: `
    WITH free AS MATERIALIZED (
      SELECT chunk FROM (
        SELECT chunk FROM (SELECT chunk FROM chunk_vectors WHERE model IS NULL AND claimed_until <= $2
          ORDER BY chunk LIMIT $4 FOR NO KEY UPDATE SKIP LOCKED) AS unread
        UNION ALL ${ofOthers('<')}
        UNION ALL ${ofOthers('>')}) AS any_of
      ORDER BY chunk LIMIT $4),
    taken AS (
      UPDATE chunk_vectors v SET model = NULL, vector = NULL, claimed_until = $3
      WHERE v.chunk = ANY (ARRAY(SELECT chunk FROM free)) RETURNING v.chunk)
    SELECT c.position, d.title, c.headings, c.text
    FROM taken JOIN knowledge_chunks c ON c.position = taken.chunk JOIN knowledge_documents d ON d.position = c.document
    ORDER BY c.position`,
}
const put: Statement = {
  name: 'put-vectors',
  text: `
    UPDATE chunk_vectors v SET model = $1, vector = decode(made.bytes, 'base64')
    FROM unnest($2::bigint[], $3::text[]) AS made (chunk, bytes) WHERE v.chunk = made.chunk`,
}
const find: Statement = {
  name: 'find-vectors',
  text: `
    SELECT wanted.n::int AS n, v.vector
    FROM unnest($2::text[], $3::bigint[]) WITH ORDINALITY AS wanted (document, number, n)
    JOIN knowledge_documents d ON d.id = wanted.document
    JOIN knowledge_chunks c ON c.document = d.position AND c.number = wanted.number
    JOIN chunk_vectors v ON v.chunk = c.position AND v.model = $1`,
}
const count: Statement = {
  name: 'count-read',
  text: `
    SELECT b.chunks AS passages,
      (SELECT count(*) FROM chunk_vectors WHERE base = b.position AND model = $1)::int AS read
    FROM knowledge_bases b WHERE b.id = $2`,
}

/** Vectors in Postgres, a line for each passage. After a change of the model, what several others read comes model by model. */
export function postgresVectorStore({ ask, tell }: Access): VectorStore {
  return {
    claimUnread: async (model, { limit, now, until }) => {
      const rows = await tell<UnreadRow>(claim, [model, now, until, Math.max(0, limit)])
      return rows.map(toPassage)
    },
    putVectors: async (model, vectors) => {
      const known = vectors.filter(({ id }) => /^\d{1,18}$/.test(id))
      if (known.length === 0) return
      const bytes = known.map(({ vector }) => Buffer.from(packVector(vector).buffer).toString('base64'))
      await tell(put, [model, known.map(({ id }) => id), bytes])
    },
    findVectors: async (model, places) => {
      if (places.length === 0) return []
      const columns = [places.map(({ documentId }) => documentId), places.map(({ position }) => position)]
      const rows = await ask<{ n: number; vector: Uint8Array }>(find, [model, ...columns])
      const found = new Map(rows.map(({ n, vector }) => [n, vector]))
      return places.map((_, index) => {
        const bytes = found.get(index + 1)
        return bytes === undefined ? null : unpackVector(bytes)
      })
    },
    countRead: async (model, baseId) => {
      const [row] = await ask<{ passages: number; read: number }>(count, [model, baseId])
      return row ?? { passages: 0, read: 0 }
    },
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
