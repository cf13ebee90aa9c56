import type { KnowledgeStore } from '@parlor/conversation/knowledge'
import type { Access, Statement } from './access.ts'
import { fromBase, toBase, toDocument } from './knowledge-rows.ts'
import { documentWriter } from './put-document.ts'
import { searcher } from './search-chunks.ts'
import type { KnowledgeBaseRow } from './tables.ts'

/** Knowledge bases in Postgres: bases newest first, documents by name. */
export function postgresKnowledgeStore(access: Access): KnowledgeStore {
  return { ...bases(access), ...documents(access), ...documentWriter(access), ...searcher(access) }
}

type Bases = Pick<KnowledgeStore, 'insertBase' | 'findBase' | 'findBaseByName' | 'listBases'>
type Documents = Pick<
  KnowledgeStore,
  'countDocuments' | 'findDocument' | 'findDocumentByName' | 'listDocuments' | 'findSource' | 'hasSource'
>

const findBases: Statement = { name: 'find-bases', text: 'SELECT * FROM knowledge_bases WHERE id = ANY ($1::text[])' }

function bases({ sql, finder, all, first, run }: Access): Bases {
  const rows = sql.selectFrom('knowledge_bases')
  const find = finder<KnowledgeBaseRow>(findBases, ({ id }) => id)
  return {
    insertBase: async (base) => void (await run(sql.insertInto('knowledge_bases').values(fromBase(base)))),
    findBase: async (id) => {
      const row = await find(id)
      return row === null ? null : toBase(row)
    },
    findBaseByName: async (accountId, name) => {
      const named = rows
        .selectAll()
        .where('account_id', '=', accountId)
        .where((row) => row(row.fn('md5', ['name']), '=', row.fn('md5', [row.val(name)])))
      const row = await first(named)
      return row === null ? null : toBase(row)
    },
    listBases: async (accountId, page, { client } = {}) => {
      const own = rows.where('account_id', '=', accountId)
      const mine = client === undefined ? own : own.where('client', '=', client)
      const newestFirst = mine.selectAll().orderBy('created_at', 'desc').orderBy('position', 'desc')
      const [items, counted] = await Promise.all([
        all(newestFirst.limit(page.limit).offset(page.offset)),
        first(mine.select((row) => row.fn.countAll<number>().as('total'))),
      ])
      return { items: items.map(toBase), total: counted?.total ?? 0 }
    },
  }
}

function documents({ sql, all, first }: Access): Documents {
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
  const count = async (baseId: string): Promise<number> => {
    const of = sql
      .selectFrom('knowledge_documents')
      .innerJoin('knowledge_bases', 'knowledge_bases.position', 'knowledge_documents.base')
      .where('knowledge_bases.id', '=', baseId)
    return (await first(of.select((row) => row.fn.countAll<number>().as('total'))))?.total ?? 0
  }
  return {
    countDocuments: count,
    findDocument: async (id) => {
      const row = await first(rows.where('knowledge_documents.id', '=', id))
      return row === null ? null : toDocument(row, row.baseId)
    },
    findDocumentByName: async (baseId, name) => {
      const named = rows
        .where('knowledge_bases.id', '=', baseId)
        .where((row) => row(row.fn('md5', ['knowledge_documents.name']), '=', row.fn('md5', [row.val(name)])))
      const row = await first(named)
      return row === null ? null : toDocument(row, row.baseId)
    },
    findSource: async (documentId) => {
      const row = await first(sources(documentId).selectAll('knowledge_sources'))
      return row === null ? null : { mediaType: row.media_type, bytes: new Uint8Array(row.bytes) }
    },
    hasSource: async (documentId) => (await first(sources(documentId).select('knowledge_sources.document'))) !== null,
    listDocuments: async (baseId, page) => {
      const byName = rows.where('knowledge_bases.id', '=', baseId).orderBy('knowledge_documents.name')
      const [items, total] = await Promise.all([all(byName.limit(page.limit).offset(page.offset)), count(baseId)])
      return { items: items.map((row) => toDocument(row, row.baseId)), total }
    },
  }
}
