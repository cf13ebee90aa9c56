import { rankByMeaning } from './rank-by-meaning.ts'
import { rankBySentence } from './rank-by-sentence.ts'
import type { Ranked } from './rank-passages.ts'
import type { Term } from './read-question.ts'
import type { SentenceModel } from './sentence-model.ts'
import type { VectorStore } from './vector-store.ts'
import type { WordTable, WordVectors } from './word-vectors.ts'

/** How long an answer waits for the sentence model, in ms; then the words decide without it. */
const patience = 1500
/** Characters of a question that are read. */
const longestRead = 1200

/** What is known of meaning beside the words themselves. */
export interface MeaningPorts {
  words?: WordVectors
  sentences?: { model: SentenceModel; vectors: VectorStore }
}

/** A question as both kinds of vectors take it. */
export interface Meant {
  terms: readonly Term[]
  /** The rank of a passage that fits in every word. */
  fullRank: number
  table: WordTable | null
  /** What the sentence model made of it; null where there is none, or none that answered. */
  asked: Float32Array | null
}

/** Puts the passages in the order of the sentence model where it has read both sides, else in that of the table of words. */
export async function orderByMeaning(
  ranked: readonly Ranked[],
  { terms, fullRank, table, asked }: Meant,
  { sentences }: MeaningPorts,
): Promise<readonly Ranked[]> {
  if (sentences && asked) {
    const places = ranked.map(({ hit }) => ({ documentId: hit.document.id, position: hit.chunk.position }))
    const vectors = await sentences.vectors.findVectors(sentences.model.name, places)
    const ordered = rankBySentence(ranked, asked, { vectors, fullRank })
    if (ordered) return ordered
  }
  return table === null ? ranked : rankByMeaning(ranked, { terms, fullRank, table })
}

/** What the sentence model makes of a question; null where there is none, or none that answers in time. */
export async function readSentence(
  { sentences }: MeaningPorts,
  question: string,
  signal: AbortSignal,
): Promise<Float32Array | null> {
  if (!sentences) return null
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(patience)])
  if (inTime.aborted) return null
  const reading = sentences.model.embed([question.slice(0, longestRead)], inTime)
  const { promise: late, resolve } = Promise.withResolvers<null>()
  inTime.addEventListener('abort', () => resolve(null), { once: true })
  return Promise.race([reading.then(([asked = null]) => asked).catch(() => null), late])
}
