import { type Ranked, reachOf } from './rank-passages.ts'

/** What a passage gains that means just what was asked, beside one that fits in every word. Flat from 1 to 1.7. */
const worth = 1.2
/** Where fewer of the candidates have been read, an order by meaning would be one by age. */
const enoughRead = 0.9

/**
 * Puts the passages in a new order by what a sentence model takes them to mean, beside the words. `vectors` are those of the
 * passages, in their order; `fullRank` is the rank of a passage that fits in every word. Null where too few have been read.
 */
export function rankBySentence(
  ranked: readonly Ranked[],
  asked: Float32Array,
  { vectors, fullRank }: { vectors: readonly (Float32Array | null)[]; fullRank: number },
): Ranked[] | null {
  const known = vectors.map((one) => (one?.length === asked.length ? dot(asked, one) : null))
  const read = known.filter((one) => one !== null)
  if (read.length === 0 || read.length < enoughRead * ranked.length) return null
  const mean = read.reduce((sum, one) => sum + one, 0) / read.length
  const unit = worth * reachOf(ranked, fullRank)
  return ranked
    .map((one, i) => ({ ...one, rank: Math.max(0, one.rank + unit * ((known[i] ?? mean) - mean)) }))
    .sort((a, b) => b.rank - a.rank)
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, one, i) => sum + one * (b[i] as number), 0)
}
