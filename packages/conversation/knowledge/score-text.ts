import { stemWord } from './fold-word.ts'
import type { Term } from './read-question.ts'
import { splitWords } from './split-words.ts'

/** A term with how rare it is in the knowledge base: the rarer, the more it says. */
export interface WeightedTerm extends Term {
  rarity: number
}

/** The stems of a text, and those of the parts of its identifiers. */
export function collectStems(text: string): Set<string> {
  const stems = new Set<string>()
  for (const { folded, parts } of splitWords(text)) {
    stems.add(stemWord(folded))
    for (const part of parts) stems.add(stemWord(part))
  }
  return stems
}

/** Share of what was asked that a text speaks of, from 0 to 1. A word that only stands for another counts less. */
export function scoreText(terms: readonly WeightedTerm[], text: string): number {
  const stems = collectStems(text)
  let total = 0
  let found = 0
  for (const { rarity, variants } of terms) {
    total += rarity
    found += rarity * variants.reduce((best, { stem, weight }) => (stems.has(stem) ? Math.max(best, weight) : best), 0)
  }
  return total === 0 ? 0 : found / total
}
