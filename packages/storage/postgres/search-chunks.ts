import type { KnowledgeStore, SearchHit } from '@parlor/conversation/knowledge'
import { chooseWords } from '../words/choose-words.ts'
import type { Access, Statement, Value } from './access.ts'
import { type BaseCount, wordCounter } from './count-words.ts'
import { anyOf, phrasesOf } from './full-text.ts'
import { toChunk, toDocument } from './knowledge-rows.ts'
import type { KnowledgeChunkRow, KnowledgeDocumentRow } from './tables.ts'

type HitRow = KnowledgeDocumentRow &
  Pick<KnowledgeChunkRow, 'number' | 'headings' | 'anchor' | 'text' | 'keywords'> & { score: number }

/** A question has fewer; each word costs a walk through its list of chunks. */
const mostWords = 256

/**
 * BM25 with the usual 1.2 and 0.75, over all fields as one, where a place in the title counts six times and one in a heading four
 * times: to the letter what SQLite's full text reckons. `ts_rank_cd` of a single word or row of words is the sum of the weights of
 * its places; they may not exceed 1, so they are sixths.
 */
const search: Statement = {
  name: 'search-chunks',
  text: `
    WITH scored AS MATERIALIZED (
      SELECT c.position, sum(q.rarity * 2.2 / (1 + 1.2 * (0.25 + 0.75 * c.length / $3::float8)
        / nullif(6 * ts_rank_cd('{0.16666667, 0.16666667, 0.6666667, 1}', c.words, q.phrase)::float8, 0)) ORDER BY q.n) AS score
      FROM unnest($1::tsquery[], $2::float8[]) WITH ORDINALITY AS q (phrase, rarity, n)
      JOIN knowledge_chunks c ON c.words @@ q.phrase
      GROUP BY c.position ORDER BY score DESC, c.position LIMIT $4)
    SELECT d.*, c.number, c.headings, c.anchor, c.text, c.keywords, scored.score
    FROM scored JOIN knowledge_chunks c ON c.position = scored.position JOIN knowledge_documents d ON d.position = c.document
    ORDER BY scored.score DESC, c.position`,
}

/** Reading a base through its words. A base that does not exist holds nothing. */
export function searcher(access: Access): Pick<KnowledgeStore, 'search' | 'countWords'> {
  const counter = wordCounter(access)
  // A few at once: questions must not take every connection from the sessions they are asked in.
  const find = access.lane(
    async (asked: (readonly Value[])[]) =>
      Promise.all(asked.map(async (values) => ({ value: await access.ask<HitRow>(search, values) }))),
    { atOnce: 3, most: 1, writes: false },
  )
  return {
    search: async (baseId, words, limit) => {
      const position = await counter.positionOf(baseId)
      if (position === null || limit <= 0) return []
      const phrases = new Map([...new Set(words.slice(0, mostWords))].map((word) => [word, phrasesOf(position, word)]))
      const queries = [...phrases.values()].flatMap((of) => [...of, ...(of.length > 1 ? [anyOf(of)] : [])])
      const count = await counter.count(baseId, queries)
      if (count === null) return []
      const chosen = chooseWords([...phrases.keys()], (word) => countOf(count, phrases.get(word) ?? []))
      // Two forms of one word count twice, as they do in SQLite.
      const wanted = chosen.flatMap((word) => phrases.get(word) ?? [])
      if (wanted.length === 0) return []
      const rarities = wanted.map((phrase) => rarityOf(count.chunks, count.containing.get(phrase) ?? 0))
      const average = count.words / Math.max(1, count.chunks)
      const rows = await find([wanted, rarities, average, limit])
      return rows.map(
        (row): SearchHit => ({ document: toDocument(row, baseId), chunk: toChunk(row), score: row.score }),
      )
    },
    countWords: async (baseId, words) => {
      const nothing = { chunks: 0, containing: words.map(() => 0) }
      const position = await counter.positionOf(baseId)
      if (position === null) return nothing
      const phrases = words.map((word) => phrasesOf(position, word))
      const queries = phrases.flatMap((of) => (of.length === 0 ? [] : [queryOf(of)]))
      const count = await counter.count(baseId, queries)
      if (count === null) return nothing
      return { chunks: count.chunks, containing: phrases.map((of) => countOf(count, of)) }
    },
  }
}

function countOf({ containing }: BaseCount, phrases: readonly string[]): number {
  return phrases.length === 0 ? 0 : (containing.get(queryOf(phrases)) ?? 0)
}

function queryOf(phrases: readonly string[]): string {
  return phrases.length === 1 ? (phrases[0] as string) : anyOf(phrases)
}

/** Inverse document frequency, as SQLite reckons it: never below a millionth. */
function rarityOf(chunks: number, containing: number): number {
  const rarity = Math.log((chunks - containing + 0.5) / (containing + 0.5))
  return rarity <= 0 ? 1e-6 : rarity
}
