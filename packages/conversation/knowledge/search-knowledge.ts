import { withTermsBefore } from './follow-up.ts'
import { fullRankOf, judgeAnswer, unanswerable } from './judge-answer.ts'
import type { KnowledgeStore, SearchHit } from './knowledge-store.ts'
import { type MeaningPorts, orderByMeaning, sentenceReader } from './order-by-meaning.ts'
import { rankPassages } from './rank-passages.ts'
import { readQuestion, type Term, weightyWords, wordsToSearch } from './read-question.ts'
import type { Retrieval, Retriever } from './retriever.ts'
import type { WeightedTerm } from './score-text.ts'
import { splitWords } from './split-words.ts'
import { type Census, rarityFrom } from './weigh-terms.ts'

/** Passages the store is asked for: by every word that may do, and by the words as they were said. They are then ranked with more care. */
const candidates = { byAny: 100, bySaid: 40 } as const
/** Passages handed back. */
const mostPassages = 12

/**
 * A retriever over the knowledge bases of a store. It needs no model; with vectors of words it knows better what is meant than by
 * words alone, and with those of a sentence model better still. Where the model does not answer, the others do.
 */
export function knowledgeRetriever(ports: { knowledge: KnowledgeStore } & MeaningPorts): Retriever {
  const readSentence = sentenceReader(ports)
  return {
    async search(baseId, question, signal, { before = null } = {}) {
      signal.throwIfAborted()
      const { terms, sentence } = readTerms(question, before)
      const words = wordsToSearch(terms)
      if (words.length === 0) return nothing([])
      const looking = Promise.all([
        findCandidates(ports.knowledge, baseId, terms, words),
        takeCensus(ports.knowledge, baseId, words),
        ports.words?.open() ?? null,
        readSentence(sentence, signal),
      ])
      const [hits, census, table, asked] = await orAborted(looking, signal)
      const rarity = rarityFrom(census)
      const ranked = rankPassages(hits, terms, rarity)
      const weighted = terms.map((term) => ({ ...term, rarity: rarity.ofTerm(term) }))
      if (ranked.length === 0) return nothing(weighted)
      const meant = { terms, fullRank: fullRankOf(terms, rarity), table, asked }
      const ordered = await orAborted(orderByMeaning(ranked, meant, ports), signal)
      return {
        passages: ordered.slice(0, mostPassages).map(({ hit, rank, coverage }) => ({ ...hit, rank, coverage })),
        terms: weighted,
        answerability: judgeAnswer({ ranked, terms, rarity, census }),
      }
    },
  }
}

/** What is asked, and how it is said in full: a question that leans on the one before is read with it. */
function readTerms(question: string, before: string | null): { terms: Term[]; sentence: string } {
  const own = readQuestion(question)
  if (before === null) return { terms: own, sentence: question }
  const words = splitWords(question.slice(0, 400)).map(({ folded }) => folded)
  const terms = withTermsBefore(own, words, readQuestion(before))
  return { terms, sentence: terms.length > own.length ? `${before}\n${question}` : question }
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
