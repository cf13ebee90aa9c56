import type { KnowledgeStore } from './knowledge-store.ts'
import { type Ranked, type Rarity, rankPassages } from './rank-passages.ts'
import { readQuestion, type Term, wordsToSearch } from './read-question.ts'
import type { Answerability, Retrieval, Retriever } from './retriever.ts'

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
      const [hits, counted] = await Promise.all([
        ports.knowledge.search(baseId, words, candidates),
        ports.knowledge.countWords(baseId, words),
      ])
      signal.throwIfAborted()
      const rarity = rarityFrom(words, counted)
      const ranked = rankPassages(hits, terms, rarity)
      const asked = terms.map((term) => term.folded)
      if (ranked.length === 0) return nothing(asked)
      return {
        passages: ranked.slice(0, mostPassages).map(({ hit, rank, coverage }) => ({ ...hit, rank, coverage })),
        words: asked,
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

function nothing(words: string[]): Retrieval {
  return { passages: [], words, answerability: { coverage: 0, known: 0, margin: 0, confidence: 0 } }
}

function rarityFrom(words: readonly string[], counted: { chunks: number; containing: number[] }): Rarity {
  const counts = new Map(words.map((word, i) => [word, counted.containing[i] ?? 0]))
  const { chunks } = counted
  return ({ folded }) => {
    const count = counts.get(folded) ?? 0
    return Math.log(1 + (chunks - count + 0.5) / (count + 0.5))
  }
}

function judge(
  ranked: readonly Ranked[],
  terms: readonly Term[],
  rarity: Rarity,
  counts: ReadonlyMap<string, number>,
): Answerability {
  const [best] = ranked
  if (!best) return { coverage: 0, known: 0, margin: 0, confidence: 0 }
  const total = terms.reduce((sum, term) => sum + rarity(term), 0) || 1
  const known = terms.reduce((sum, term) => sum + ((counts.get(term.folded) ?? 0) > 0 ? rarity(term) : 0), 0) / total
  const rival = ranked.find(({ hit }) => hit.document.id !== best.hit.document.id)
  const margin = rival ? Math.max(0, 1 - rival.rank / best.rank) : 1
  // How the best passage stands to what one that fits in every respect would reach.
  const confidence = Math.min(best.rank / (total * 3.2), 1)
  return { coverage: best.coverage, known, margin, confidence }
}
