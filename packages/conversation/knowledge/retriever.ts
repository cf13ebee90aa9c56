import type { SearchHit } from './knowledge-store.ts'
import type { WeightedTerm } from './score-text.ts'

/** A passage with how well it fits the question. */
export interface FoundPassage extends SearchHit {
  /** How well it fits, higher is better; comparable within one answer of the retriever. */
  rank: number
  /** Share of the question's words found in this passage, its headings and its document's title, weighted by rarity: 0 to 1. */
  coverage: number
}

/** What tells a question that can be answered from one that cannot. All from 0 to 1. */
export interface Answerability {
  /** The best passage's rank beside that of one that would fit in every respect. */
  fit: number
  /** Share of the question's words, weighted by rarity, that stand in the best passage as they were said. */
  exact: number
  /** The same over the whole document, where a word that stands for another counts, too, but less. */
  inDocument: number
  /** Share of the words that say something which stand nowhere in the base. */
  unknown: number
  /** How likely it is that the base answers the question, from 0 to 1: from these figures, and from words and names it does not know. */
  confidence: number
}

export interface Retrieval {
  /** Best first; empty when nothing fits at all. */
  passages: FoundPassage[]
  /** What the question asks about; empty when it held no word of content. */
  terms: readonly WeightedTerm[]
  answerability: Answerability
}

/** What else is known of a question. */
export interface Within {
  /** What the visitor asked before; it helps where the question leans on it, and else is left alone. */
  before?: string | null
}

/** Finds what a knowledge base holds on a question. */
export interface Retriever {
  /** Rejects with the signal's reason as soon as it aborts. */
  search(baseId: string, question: string, signal: AbortSignal, within?: Within): Promise<Retrieval>
}
