import type { Chunk, DocumentSource, KnowledgeDocument } from '@parlor/conversation/knowledge'
import { ParlorError } from '@parlor/core/errors'
import type { Access } from './access.ts'
import type { Fields, FullText } from './full-text.ts'
import { fromDocument, toChunk } from './knowledge-rows.ts'
import { prepareWrite } from './prepare-write.ts'
import type { KnowledgeChunkRow } from './tables.ts'

/** Documents with their chunks, written and removed. Everything here runs inside a write; bases are named by position. */
export interface DocumentWriter {
  /** @throws ParlorError `not_found` when there is no such base. */
  putDocument(
    document: KnowledgeDocument,
    chunks: readonly Chunk[],
    source: DocumentSource | undefined,
    base: number | null,
  ): { document: KnowledgeDocument; replaced: boolean }
  removeDocument(base: number | null, id: string): boolean
  /** Removes all of a base's documents, but not from its full-text table, which is about to be dropped. */
  dropDocuments(base: number): void
}

export function documentWriter({ db, sql, first, run }: Access, fullText: FullText): DocumentWriter {
  const insertChunk = prepareWrite(
    db,
    'INSERT INTO knowledge_chunks (document, number, headings, anchor, text, keywords) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const listChunks = db.prepare('SELECT * FROM knowledge_chunks WHERE document = ?')
  const deleteChunks = prepareWrite(db, 'DELETE FROM knowledge_chunks WHERE document = ?')
  const rows = sql.selectFrom('knowledge_documents')

  const removeChunks = (base: number, document: number, title: string): void => {
    for (const row of listChunks.all(document)) {
      fullText.remove(base, Number(row.position), fieldsOf(title, toChunk(row as unknown as KnowledgeChunkRow)))
    }
    deleteChunks.run(document)
  }
  const addChunks = (base: number, document: number, title: string, chunks: readonly Chunk[]): void => {
    for (const chunk of chunks) {
      const { position, anchor, text, keywords } = chunk
      const headings = JSON.stringify(chunk.headings)
      const { lastInsertRowid } = insertChunk.run(document, position, headings, anchor, text, keywords)
      fullText.add(base, Number(lastInsertRowid), fieldsOf(title, chunk))
    }
  }
  return {
    putDocument: (document, chunks, source, base) => {
      if (base === null) throw new ParlorError('not_found', { message: 'There is no such knowledge base.' })
      const older = first(rows.selectAll().where('base', '=', base).where('name', '=', document.name))
      const stored = older === null ? document : { ...document, id: older.id, createdAt: older.created_at }
      const row = fromDocument(stored, base, chunks.length)
      if (older !== null) {
        removeChunks(base, older.position, older.title)
        run(sql.updateTable('knowledge_documents').set(row).where('position', '=', older.position))
      } else {
        run(sql.insertInto('knowledge_documents').values(row))
      }
      const position = first(rows.select('position').where('id', '=', stored.id))?.position as number
      addChunks(base, position, stored.title, chunks)
      run(sql.deleteFrom('knowledge_sources').where('document', '=', position))
      if (source !== undefined) {
        const { mediaType, bytes } = source
        run(sql.insertInto('knowledge_sources').values({ document: position, media_type: mediaType, bytes }))
      }
      return { document: stored, replaced: older !== null }
    },
    removeDocument: (base, id) => {
      const found = first(
        rows
          .select(['position', 'title'])
          .where('base', '=', base ?? -1)
          .where('id', '=', id),
      )
      if (base === null || found === null) return false
      removeChunks(base, found.position, found.title)
      return run(sql.deleteFrom('knowledge_documents').where('position', '=', found.position)) > 0
    },
    dropDocuments: (base) => {
      const inBase = rows.select('position').where('base', '=', base)
      run(sql.deleteFrom('knowledge_chunks').where('document', 'in', inBase))
      run(sql.deleteFrom('knowledge_documents').where('base', '=', base))
    },
  }
}

function fieldsOf(title: string, { headings, text, keywords }: Chunk): Fields {
  return [title, headings.join('\n'), text, keywords]
}
