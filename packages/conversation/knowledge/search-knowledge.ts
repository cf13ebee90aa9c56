import { withTermsBefore } from './follow-up.ts'
import { fullRankOf, judgeAnswer, unanswerable } from './judge-answer.ts'
import type { KnowledgeStore, SearchHit } from './knowledge-store.ts'
import { rankByMeaning } from './rank-by-meaning.ts'
import { rankPassages } from './rank-passages.ts'
import { readQuestion, type Term, weightyWords, wordsToSearch } from './read-question.ts'
import type { Retrieval, Retriever } from './retriever.ts'
import type { WeightedTerm } from './score-text.ts'
import { splitWords } from './split-words.ts'
import { type Census, rarityFrom } from './weigh-terms.ts'
import type { WordVectors } from './word-vectors.ts'

/** Passages the store is asked for: by every word that may do, and by the words as they were said. They are then ranked with more care. */
const candidates = { byAny: 100, bySaid: 40 } as const
/** Passages handed back. */
const mostPassages = 12

/** A retriever over the knowledge bases of a store. It needs no model; with vectors of words it knows what is meant better than by words alone. */
export function knowledgeRetriever(ports: { knowledge: KnowledgeStore; words?: WordVectors }): Retriever {
  return {
    async search(baseId, question, signal, { before = null } = {}) {
      signal.throwIfAborted()
      const terms = readTerms(question, before)
      const words = wordsToSearch(terms)
      if (words.length === 0) return nothing([])
      const looking = Promise.all([
        findCandidates(ports.knowledge, baseId, terms, words),
        takeCensus(ports.knowledge, baseId, words),
        ports.words?.open() ?? null,
      ])
      const [hits, census, table] = await orAborted(looking, signal)
      const rarity = rarityFrom(census)
      const ranked = rankPassages(hits, terms, rarity)
      const weighted = terms.map((term) => ({ ...term, rarity: rarity.ofTerm(term) }))
      if (ranked.length === 0) return nothing(weighted)
      const fullRank = fullRankOf(terms, rarity)
      const ordered = table === null ? ranked : rankByMeaning(ranked, { terms, fullRank, table })
      return {
        passages: ordered.slice(0, mostPassages).map(({ hit, rank, coverage }) => ({ ...hit, rank, coverage })),
        terms: weighted,
        answerability: judgeAnswer({ ranked, terms, rarity, census }),
      }
    },
  }
}

function readTerms(question: string, before: string | null): Term[] {
  const terms = readQuestion(question)
  if (before === null) return terms
  const words = splitWords(question.slice(0, 400)).map(({ folded }) => folded)
  return withTermsBefore(terms, words, readQuestion(before))
}

async function findCandidates(
  knowledge: KnowledgeStore,
  baseId: string,
  terms: readonly Term[],
  words: readonly string[],
): Promise<SearchHit[]> {
  const said = weightyWords(terms)
  const [byAny, bySaid] = await Promise.all([
    knowledge.search(baseId, words, candidates.byAny),
    said.length === 0 ? [] : knowledge.search(baseId, said, candidates.bySaid),
  ])
  const hits = new Map<string, SearchHit>()
  for (const hit of [...byAny, ...bySaid]) hits.set(`${hit.document.id} ${hit.chunk.position}`, hit)
  return [...hits.values()]
}

async function takeCensus(knowledge: KnowledgeStore, baseId: string, words: readonly string[]): Promise<Census> {
  const { chunks, containing } = await knowledge.countWords(baseId, words)
  const counts = new Map(words.map((word, i) => [word, containing[i] ?? 0]))
  return { chunks, count: (folded) => counts.get(folded) ?? 0 }
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
