import type { KnowledgeStore } from '@parlor/conversation/knowledge'
import type { Access } from './access.ts'
import { type FullText, fullTextIn } from './full-text.ts'
import { fromBase, toBase, toDocument } from './knowledge-rows.ts'
import { documentWriter } from './put-document.ts'
import { searcher } from './search-chunks.ts'

/** Knowledge bases in SQLite: bases newest first, documents by name. */
export function sqliteKnowledgeStore(access: Access): KnowledgeStore {
  const fullText = fullTextIn(access.db)
  const positions = access.db.prepare('SELECT position FROM knowledge_bases WHERE id = ?')
  const positionOf: PositionOf = (baseId) => {
    const row = positions.get(baseId)
    return row === undefined ? null : Number(row.position)
  }
  const { search, countWords } = searcher(access.db, fullText)
  const { putDocument, removeDocument, dropDocuments } = documentWriter(access, fullText)
  return {
    ...bases(access, fullText, positionOf, dropDocuments),
    ...documents(access, positionOf),
    putDocument: (document, chunks, source) =>
      access.write(() => putDocument(document, chunks, source, positionOf(document.knowledgeBaseId))),
    removeDocument: (baseId, id) => access.write(() => removeDocument(positionOf(baseId), id)),
    search: (baseId, words, limit) => access.read(() => search(positionOf(baseId), baseId, words, limit)),
    countWords: (baseId, words) => access.read(() => countWords(positionOf(baseId), words)),
  }
}

type PositionOf = (baseId: string) => number | null
type Bases = Pick<KnowledgeStore, 'insertBase' | 'findBase' | 'findBaseByName' | 'listBases' | 'removeBase'>
type Documents = Pick<
  KnowledgeStore,
  'countDocuments' | 'findDocument' | 'findDocumentByName' | 'listDocuments' | 'findSource' | 'hasSource'
>

function bases(
  { db, sql, read, write, all, first, run }: Access,
  fullText: FullText,
  positionOf: PositionOf,
  dropDocuments: (base: number) => void,
): Bases {
  const rows = sql.selectFrom('knowledge_bases')
  const find = db.prepare('SELECT * FROM knowledge_bases WHERE id = ?')
  return {
    insertBase: (base) =>
      write(() => {
        run(sql.insertInto('knowledge_bases').values(fromBase(base)))
        fullText.create(positionOf(base.id) as number)
      }),
    findBase: (id) =>
      read(() => {
        const row = find.get(id)
        return row === undefined ? null : toBase(row as unknown as Parameters<typeof toBase>[0])
      }),
    findBaseByName: (accountId, name) =>
      read(() => {
        const row = first(rows.selectAll().where('account_id', '=', accountId).where('name', '=', name))
        return row === null ? null : toBase(row)
      }),
    listBases: (accountId, page, { client } = {}) =>
      read(() => {
        const own = rows.where('account_id', '=', accountId)
        const mine = client === undefined ? own : own.where('client', '=', client)
        const total = first(mine.select((row) => row.fn.countAll<number>().as('total')))?.total ?? 0
        const newestFirst = mine.selectAll().orderBy('created_at', 'desc').orderBy('position', 'desc')
        return { items: all(newestFirst.limit(page.limit).offset(page.offset)).map(toBase), total }
      }),
    removeBase: (accountId, id) =>
      write(() => {
        const mine = rows.select('position').where('id', '=', id).where('account_id', '=', accountId)
        const base = first(mine)?.position
        if (base === undefined) return false
        dropDocuments(base)
        fullText.drop(base)
        return run(sql.deleteFrom('knowledge_bases').where('position', '=', base)) > 0
      }),
  }
}

function documents({ sql, read, all, first }: Access, positionOf: PositionOf): Documents {
  const rows = sql
    .selectFrom('knowledge_documents')
    .innerJoin('knowledge_bases', 'knowledge_bases.position', 'knowledge_documents.base')
    .selectAll('knowledge_documents')
    .select('knowledge_bases.id as baseId')
  const sources = (documentId: string) =>
    sql
      .selectFrom('knowledge_sources')
      .innerJoin('knowledge_documents', 'knowledge_documents.position', 'knowledge_sources.document')
      .where('knowledge_documents.id', '=', documentId)
  const count = (base: number | null): number => {
    const of = sql.selectFrom('knowledge_documents').where('base', '=', base ?? -1)
    return first(of.select((row) => row.fn.countAll<number>().as('total')))?.total ?? 0
  }
  return {
    countDocuments: (baseId) => read(() => count(positionOf(baseId))),
    findDocument: (id) =>
      read(() => {
        const row = first(rows.where('knowledge_documents.id', '=', id))
        return row === null ? null : toDocument(row, row.baseId)
      }),
    findDocumentByName: (baseId, name) =>
      read(() => {
        const row = first(rows.where('knowledge_bases.id', '=', baseId).where('knowledge_documents.name', '=', name))
        return row === null ? null : toDocument(row, row.baseId)
      }),
    findSource: (documentId) =>
      read(() => {
        const row = first(sources(documentId).selectAll('knowledge_sources'))
        return row === null ? null : { mediaType: row.media_type, bytes: row.bytes }
      }),
    hasSource: (documentId) => read(() => first(sources(documentId).select('knowledge_sources.document')) !== null),
    listDocuments: (baseId, page) =>
      read(() => {
        const byName = rows.where('knowledge_bases.id', '=', baseId).orderBy('knowledge_documents.name')
        const items = all(byName.limit(page.limit).offset(page.offset)).map((row) => toDocument(row, row.baseId))
        return { items, total: count(positionOf(baseId)) }
      }),
  }
}
