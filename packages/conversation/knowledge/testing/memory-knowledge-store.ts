import { DatabaseSync } from 'node:sqlite'
import type { Page } from '@parlor/core/agent'
import { ParlorError } from '@parlor/core/errors'
import type { Chunk, DocumentSource, KnowledgeBase, KnowledgeDocument, KnowledgeStore } from '../knowledge-store.ts'

/** One base: its documents, and an index of the same kind and weights as the SQLite store's. */
interface Shelf {
  base: KnowledgeBase
  documents: Map<string, KnowledgeDocument>
  sources: Map<string, DocumentSource>
  chunks: Map<number, { document: string; chunk: Chunk }>
  index: DatabaseSync
}

/** A knowledge store for tests of what lies above it, which may not know the real ones. It searches as SQLite's does and keeps nothing. */
export function memoryKnowledgeStore(): KnowledgeStore {
  const shelves = new Map<string, Shelf>()
  const all = () => [...shelves.values()]
  const documentsOf = (baseId: string) => [...(shelves.get(baseId)?.documents.values() ?? [])]
  return {
    async insertBase(base) {
      const taken = all().some((other) => other.base.accountId === base.accountId && other.base.name === base.name)
      if (taken) throw new ParlorError('conflict')
      shelves.set(base.id, { base, documents: new Map(), sources: new Map(), chunks: new Map(), index: openIndex() })
    },
    findBase: async (id) => shelves.get(id)?.base ?? null,
    findBaseByName: async (accountId, name) =>
      all().find(({ base }) => base.accountId === accountId && base.name === name)?.base ?? null,
    listBases: async (accountId, page, { client } = {}) =>
      cut(
        all().flatMap(({ base }) =>
          base.accountId === accountId && (client === undefined || base.client === client) ? [base] : [],
        ),
        page,
      ),
    removeBase: async (accountId, id) => shelves.get(id)?.base.accountId === accountId && shelves.delete(id),
    countDocuments: async (baseId) => documentsOf(baseId).length,
    async putDocument(wanted, chunks, source) {
      const shelf = shelves.get(wanted.knowledgeBaseId)
      if (!shelf) throw new ParlorError('not_found')
      const before = documentsOf(wanted.knowledgeBaseId).find(({ name }) => name === wanted.name)
      const document = before ? { ...wanted, id: before.id, createdAt: before.createdAt } : wanted
      takeOut(shelf, document.id)
      putIn(shelf, document, chunks)
      if (source !== undefined) shelf.sources.set(document.id, source)
      return { document, replaced: before !== undefined }
    },
    findDocument: async (id) => all().flatMap(({ documents }) => documents.get(id) ?? [])[0] ?? null,
    findSource: async (id) => all().flatMap(({ sources }) => sources.get(id) ?? [])[0] ?? null,
    hasSource: async (id) => all().some(({ sources }) => sources.has(id)),
    findDocumentByName: async (baseId, name) => documentsOf(baseId).find((one) => one.name === name) ?? null,
    listDocuments: async (baseId, page) => cut(documentsOf(baseId), page),
    async removeDocument(baseId, id) {
      const shelf = shelves.get(baseId)
      return shelf !== undefined && takeOut(shelf, id)
    },
    search: async (baseId, words, limit) => searchShelf(shelves.get(baseId), words, limit),
    async countWords(baseId, words) {
      const shelf = shelves.get(baseId)
      const count = shelf?.index.prepare('SELECT count(*) AS n FROM passages WHERE passages MATCH ?')
      const containing = words.map((word) => Number(count?.get(phrase(word))?.n ?? 0))
      return { chunks: shelf?.chunks.size ?? 0, containing }
    },
  }
}

function openIndex(): DatabaseSync {
  const index = new DatabaseSync(':memory:')
  index.exec(`CREATE VIRTUAL TABLE passages USING fts5(title, heading, body, keywords,
    tokenize='porter unicode61 remove_diacritics 2')`)
  return index
}

function putIn({ documents, chunks: held, index }: Shelf, document: KnowledgeDocument, chunks: readonly Chunk[]): void {
  documents.set(document.id, document)
  const insert = index.prepare('INSERT INTO passages VALUES (?, ?, ?, ?)')
  for (const chunk of chunks) {
    const { lastInsertRowid } = insert.run(document.title, chunk.headings.join(' '), chunk.text, chunk.keywords)
    held.set(Number(lastInsertRowid), { document: document.id, chunk })
  }
}

function takeOut({ documents, sources, chunks, index }: Shelf, id: string): boolean {
  sources.delete(id)
  for (const [row, { document }] of chunks) {
    if (document !== id) continue
    chunks.delete(row)
    index.prepare('DELETE FROM passages WHERE rowid = ?').run(row)
  }
  return documents.delete(id)
}

function searchShelf(shelf: Shelf | undefined, words: readonly string[], limit: number) {
  if (!shelf || words.length === 0) return []
  const rows = shelf.index
    .prepare(
      'SELECT rowid, -bm25(passages, 6, 4, 1, 1) AS score FROM passages WHERE passages MATCH ? ORDER BY score DESC LIMIT ?',
    )
    .all(words.map(phrase).join(' OR '), limit)
  return rows.flatMap(({ rowid, score }) => {
    const held = shelf.chunks.get(Number(rowid))
    const document = held && shelf.documents.get(held.document)
    return held && document ? [{ document, chunk: held.chunk, score: Number(score) }] : []
  })
}

function phrase(word: string): string {
  return `"${word.replaceAll('\0', ' ').replaceAll('"', '""')}"`
}

function cut<T>(items: T[], page: Page): { items: T[]; total: number } {
  return { items: items.slice(page.offset, page.offset + page.limit), total: items.length }
}
