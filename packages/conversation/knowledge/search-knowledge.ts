import type { KnowledgeStore } from './knowledge-store.ts'
import { type Ranked, type Rarity, rankPassages } from './rank-passages.ts'
import { readQuestion, type Term, wordsToSearch } from './read-question.ts'
import type { Answerability, Retrieval, Retriever } from './retriever.ts'
import type { WeightedTerm } from './score-text.ts'

/** Passages the store is asked for; they are then ranked with more care. */
const candidates = 60
/** Passages handed back. */
const mostPassages = 8

/** A retriever over the knowledge bases of a store. It needs no model. */
export function knowledgeRetriever(ports: { knowledge: KnowledgeStore }): Retriever {
  return {
    async search(baseId, question, signal) {
      signal.throwIfAborted()
      const terms = readQuestion(question)
      const words = wordsToSearch(terms)
      if (words.length === 0) return nothing([])
      const asked = Promise.all([
        ports.knowledge.search(baseId, words, candidates),
        ports.knowledge.countWords(baseId, words),
      ])
      const [hits, counted] = await orAborted(asked, signal)
      const counts = new Map(words.map((word, i) => [word, counted.containing[i] ?? 0]))
      const rarity = rarityFrom(counts, counted.chunks)
      const ranked = rankPassages(hits, terms, rarity)
      const weighted = terms.map((term) => ({ ...term, rarity: rarity(term) }))
      if (ranked.length === 0) return nothing(weighted)
      return {
        passages: ranked.slice(0, mostPassages).map(({ hit, rank, coverage }) => ({ ...hit, rank, coverage })),
        terms: weighted,
        answerability: judge(
          ranked,
          terms,
          rarity,
          new Map(words.map((word, i) => [word, counted.containing[i] ?? 0])),
        ),
      }
    },
  }
}

/** The store cannot be told to stop; whoever waits for it can. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', stop))
}

function nothing(terms: readonly WeightedTerm[]): Retrieval {
  return { passages: [], terms, answerability: unanswerable }
}

const unanswerable: Answerability = { coverage: 0, known: 0, margin: 0, shared: 0, fit: 0, confidence: 0 }

function rarityFrom(counts: ReadonlyMap<string, number>, chunks: number): Rarity {
  return ({ folded }) => {
    const count = counts.get(folded) ?? 0
    return Math.log(1 + (chunks - count + 0.5) / (count + 0.5))
  }
}

/** What the parts of `confidence` weigh. Set with the tune set of the extractive provider. */
const confidenceWeights = { coverage: 0.3, known: 0.35, shared: 0.2, fit: 0.15 } as const
/** In a short question a word that is not found changes what is asked. */
const shortQuestion = 3
const missingInShort = 0.15
/** The rank, per unit of the question's rarity, of a passage that fits in every respect. */
const fullRank = 3.2
/** A word the base does not hold, where it holds one that may stand for it. */
const knownByAnother = 0.5

function judge(
  ranked: readonly Ranked[],
  terms: readonly Term[],
  rarity: Rarity,
  counts: ReadonlyMap<string, number>,
): Answerability {
  const [best] = ranked
  if (!best) return unanswerable
  const total = terms.reduce((sum, term) => sum + rarity(term), 0) || 1
  const known = terms.reduce((sum, term) => sum + rarity(term) * howKnown(term, counts), 0) / total
  const rival = ranked.find(({ hit }) => hit.document.id !== best.hit.document.id)
  const margin = rival ? Math.max(0, 1 - rival.rank / best.rank) : 1
  const fit = Math.min(best.rank / (total * fullRank), 1)
  const { coverage } = best
  const shared = best.found.filter((one) => one > 0).length / terms.length
  const weights = confidenceWeights
  const missing = terms.length <= shortQuestion && shared < 1 ? missingInShort : 0
  const confidence =
    weights.coverage * coverage + weights.known * known + weights.shared * shared + weights.fit * fit - missing
  return { coverage, known, shared, fit, margin, confidence }
}

function howKnown(term: Term, counts: ReadonlyMap<string, number>): number {
  const stands = (folded: string) => (counts.get(folded) ?? 0) > 0
  if (stands(term.folded)) return 1
  return term.variants.some((variant) => stands(variant.folded)) ? knownByAnother : 0
}
