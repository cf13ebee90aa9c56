import { type Meaning, meaningOf, passageMeaning } from './passage-meaning.ts'
import { type Ranked, reachOf } from './rank-passages.ts'
import type { Term } from './read-question.ts'
import type { WordTable } from './word-vectors.ts'

/** What a passage of just the question's meaning gains, beside one that fits in every word. Flat from 0.15 to 0.3. */
const worth = 0.24
/** A mean of few candidates says little of what all are about. */
const doubt = 3
/** A question of which less is known is in another language, or about names. */
const knownShare = 0.5

/**
 * Puts the passages in a new order by what their words mean, beside the words themselves: who asks in words of his own means a
 * passage that shares few of them. `fullRank` is the rank of a passage that fits in every word.
 */
export function rankByMeaning(
  ranked: readonly Ranked[],
  { terms, fullRank, table }: { terms: readonly Term[]; fullRank: number; table: WordTable },
): Ranked[] {
  const asked = questionMeaning(terms, table)
  if (asked === null) return [...ranked]
  const meanings = ranked.map(({ hit }) => passageMeaning(hit, table))
  const shared = meanOf(meanings, table.size)
  const unit = worth * reachOf(ranked, fullRank)
  const withMeaning = ranked.map((one, i) => {
    const likeness = cosine(asked, meanings[i] as Meaning, shared)
    return { ...one, rank: Math.max(0, one.rank + unit * likeness) }
  })
  return withMeaning.sort((a, b) => b.rank - a.rank)
}

/** Whether the words of a question are known well enough, and where they point. */
function questionMeaning(terms: readonly Term[], table: WordTable): Meaning | null {
  const said = terms.filter(({ kind, isIdentifier }) => kind !== 'phrase' && !isIdentifier)
  const known = said.filter(({ folded }) => table.find(folded) !== null)
  if (known.length === 0 || known.length < knownShare * said.length) return null
  // That a word is light the table knows, too; what was said before still counts for less.
  const words = known.map(({ folded, kind, weight }) => ({ folded, weight: kind === 'light' ? 2 * weight : weight }))
  return meaningOf(words, table)
}

/** What all candidates have in common tells none from another. */
function meanOf(meanings: readonly Meaning[], size: number): Meaning {
  const sum = new Float32Array(size)
  for (const meaning of meanings) for (let i = 0; i < size; i++) sum[i] = at(sum, i) + at(meaning, i)
  return sum.map((one) => one / (meanings.length + doubt))
}

function cosine(asked: Meaning, passage: Meaning, shared: Meaning): number {
  let product = 0
  let length = 0
  for (let i = 0; i < asked.length; i++) {
    const own = at(passage, i) - at(shared, i)
    product += at(asked, i) * own
    length += own * own
  }
  return length === 0 ? 0 : product / Math.sqrt(length)
}

function at(numbers: Float32Array, i: number): number {
  return numbers[i] as number
}
