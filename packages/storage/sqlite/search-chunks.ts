import type { DatabaseSync } from 'node:sqlite'
import type { SearchHit } from '@parlor/conversation/knowledge'
import { chooseWords } from '../words/choose-words.ts'
import { anyOf, type FullText } from './full-text.ts'
import { toChunk, toDocument } from './knowledge-rows.ts'
import type { KnowledgeChunkRow, KnowledgeDocumentRow } from './tables.ts'

type HitRow = KnowledgeDocumentRow & Pick<KnowledgeChunkRow, 'number' | 'headings' | 'anchor' | 'text' | 'keywords'>

/** Reading a base through its full-text table. A base that does not exist holds nothing. */
export interface Searcher {
  search(base: number | null, baseId: string, words: readonly string[], limit: number): SearchHit[]
  countWords(base: number | null, words: readonly string[]): { chunks: number; containing: number[] }
}

/** A question has fewer; each word costs a walk through its list of chunks. */
const mostWords = 256

export function searcher(db: DatabaseSync, fullText: FullText): Searcher {
  const findHit = db.prepare(`
    SELECT d.*, c.number, c.headings, c.anchor, c.text, c.keywords
    FROM knowledge_chunks c JOIN knowledge_documents d ON d.position = c.document WHERE c.position = ?`)
  const countChunks = db.prepare('SELECT coalesce(sum(chunks), 0) AS n FROM knowledge_documents WHERE base = ?')
  return {
    search: (base, baseId, words, limit) => {
      if (base === null || limit <= 0) return []
      const expression = anyOf(chooseWords(words.slice(0, mostWords), (word) => fullText.count(base, word)))
      if (expression === null) return []
      return fullText.search(base, expression, limit).map(({ chunk, score }) => {
        const row = findHit.get(chunk) as unknown as HitRow
        return { document: toDocument(row, baseId), chunk: toChunk(row), score }
      })
    },
    countWords: (base, words) => {
      if (base === null) return { chunks: 0, containing: words.map(() => 0) }
      const containing = words.map((word) => fullText.count(base, word))
      return { chunks: Number(countChunks.get(base)?.n), containing }
    },
  }
}
