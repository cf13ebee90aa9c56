import type { DatabaseSync } from 'node:sqlite'
import type { SearchHit } from '@parlor/conversation/knowledge'
import { anyOf, type FullText } from './full-text.ts'
import { toChunk, toDocument } from './knowledge-rows.ts'
import type { KnowledgeChunkRow, KnowledgeDocumentRow } from './tables.ts'

type HitRow = KnowledgeDocumentRow & Pick<KnowledgeChunkRow, 'number' | 'headings' | 'anchor' | 'text' | 'keywords'>

/** Reading a base through its full-text table. A base that does not exist holds nothing. */
export interface Searcher {
  search(base: number | null, baseId: string, words: readonly string[], limit: number): SearchHit[]
  countWords(base: number | null, words: readonly string[]): { chunks: number; containing: number[] }
}

export function searcher(db: DatabaseSync, fullText: FullText): Searcher {
  const findHit = db.prepare(`
    SELECT d.*, c.number, c.headings, c.anchor, c.text, c.keywords
    FROM knowledge_chunks c JOIN knowledge_documents d ON d.position = c.document WHERE c.position = ?`)
  const countChunks = db.prepare('SELECT coalesce(sum(chunks), 0) AS n FROM knowledge_documents WHERE base = ?')
  return {
    search: (base, baseId, words, limit) => {
      const expression = anyOf(words)
      if (base === null || expression === null || limit <= 0) return []
      return fullText.search(base, expression, limit).map(({ chunk, score }) => {
        const row = findHit.get(chunk) as unknown as HitRow
        return { document: toDocument(row, baseId), chunk: toChunk(row), score }
      })
    },
    countWords: (base, words) => {
      if (base === null) return { chunks: 0, containing: words.map(() => 0) }
      const containing = words.map((word) => {
        const expression = anyOf([word])
        return expression === null ? 0 : fullText.count(base, expression)
      })
      return { chunks: Number(countChunks.get(base)?.n), containing }
    },
  }
}
