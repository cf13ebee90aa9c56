import type { Term, Variant } from './read-question.ts'

/** How often words stand in a base. */
export interface Census {
  /** Chunks in the base. */
  chunks: number
  /** Chunks a folded word stands in. */
  count(folded: string): number
}

/** How rare words are in the base: their inverse document frequency. */
export interface Rarity {
  of(variant: Pick<Variant, 'folded'>): number
  /** What a term says: its rarity by its weight. A word the base lacks is as rare as all that may stand for it. */
  ofTerm(term: Term): number
}

/** Rarity by the counts of the store. */
export function rarityFrom({ chunks, count }: Census): Rarity {
  const idf = (found: number) => Math.log(1 + Math.max(0, chunks - found + 0.5) / (found + 0.5))
  return {
    of: ({ folded }) => idf(count(folded)),
    ofTerm: ({ folded, variants, weight }) => {
      const own = count(folded)
      if (own > 0) return weight * idf(own)
      const others = variants.reduce((sum, variant) => sum + count(variant.folded), 0)
      return weight * idf(Math.min(others, chunks))
    },
  }
}

/** Share of `terms` for which `measure` holds (0 to 1 each), by what they weigh; 0 where nothing weighs anything. */
export function shareOf(
  terms: readonly Term[],
  weigh: (term: Term) => number,
  measure: (term: Term, at: number) => number,
): number {
  let total = 0
  let held = 0
  for (const [at, term] of terms.entries()) {
    const weight = weigh(term)
    total += weight
    held += weight * measure(term, at)
  }
  return total === 0 ? 0 : Math.min(held / total, 1)
}
