import type { Access, Statement } from './access.ts'
import type { Outcome } from './group-commit.ts'

/** A base at one moment: its chunks, the words in them, and in how many chunks each of some queries is found. */
export interface BaseCount {
  chunks: number
  words: number
  containing: ReadonlyMap<string, number>
}

/** Counts in how many chunks of a base a word stands. Remembered until the base changes, since a question asks for each word often. */
export interface WordCounter {
  /** What the words of a base begin with; null where there is no such base. */
  positionOf(baseId: string): Promise<number | null>
  /** Null where there is no such base. All figures are of one moment. */
  count(baseId: string, queries: readonly string[]): Promise<BaseCount | null>
}

const findPosition: Statement = {
  name: 'find-base-position',
  text: 'SELECT position FROM knowledge_bases WHERE id = $1',
}
const countQueries: Statement = {
  name: 'count-words',
  text: `
    SELECT version, chunks, words, ARRAY(
      SELECT (SELECT count(*) FROM knowledge_chunks c WHERE c.words @@ q.query)
      FROM unnest($2::tsquery[]) WITH ORDINALITY AS q (query, n) ORDER BY n)::int[] AS counts
    FROM knowledge_bases WHERE id = $1`,
}

interface CountRow {
  version: number
  chunks: number
  words: number
  counts: number[]
}

/** A base as it was at one version. */
interface Known {
  version: number
  containing: Map<string, number>
}

/** Bases that are remembered, and queries of each. */
const mostBases = 64
const mostCounts = 10_000

export function wordCounter({ ask, lane }: Access): WordCounter {
  const positions = new Map<string, number>()
  const known = new Map<string, Known>()
  const countOnce = (baseId: string, queries: readonly string[]) => countIn(ask, known, baseId, queries)
  // A question asks for the same words three times at once.
  const count = lane(
    async (asked: { baseId: string; queries: readonly string[] }[]): Promise<Outcome<BaseCount | null>[]> => {
      const counted = new Map(
        await Promise.all(
          [...Map.groupBy(asked, ({ baseId }) => baseId)].map(async ([baseId, of]) => {
            const queries = [...new Set(of.flatMap((one) => one.queries))]
            return [baseId, await countOnce(baseId, queries)] as const
          }),
        ),
      )
      return asked.map(({ baseId }) => ({ value: counted.get(baseId) ?? null }))
    },
    { atOnce: 2, most: 20, writes: false },
  )
  return {
    // A position is never given out twice, so it may be remembered for good.
    positionOf: async (baseId) => {
      const position = positions.get(baseId) ?? (await ask<{ position: number }>(findPosition, [baseId]))[0]?.position
      if (position === undefined) return null
      if (positions.size >= mostBases) positions.clear()
      positions.set(baseId, position)
      return position
    },
    count: (baseId, queries) => count({ baseId, queries }),
  }
}

/** What is remembered is of one version of the base; should that have changed, everything is counted again in one statement. */
async function countIn(
  ask: Access['ask'],
  known: Map<string, Known>,
  baseId: string,
  queries: readonly string[],
): Promise<BaseCount | null> {
  const before = known.get(baseId)
  const missing = before === undefined ? queries : queries.filter((query) => !before.containing.has(query))
  const [row] = await ask<CountRow>(countQueries, [baseId, missing])
  if (row === undefined) {
    known.delete(baseId)
    return null
  }
  const isSame = before?.version === row.version
  if (before !== undefined && !isSame && missing.length < queries.length) {
    known.delete(baseId)
    return countIn(ask, known, baseId, queries)
  }
  const containing = before !== undefined && isSame ? before.containing : new Map<string, number>()
  for (const [index, query] of missing.entries()) containing.set(query, row.counts[index] ?? 0)
  if (known.size >= mostBases) known.clear()
  if (containing.size < mostCounts) known.set(baseId, { version: row.version, containing })
  else known.delete(baseId)
  return { chunks: row.chunks, words: row.words, containing }
}
