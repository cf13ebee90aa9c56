import { rankByMeaning } from './rank-by-meaning.ts'
import { rankBySentence } from './rank-by-sentence.ts'
import type { Ranked } from './rank-passages.ts'
import type { Term } from './read-question.ts'
import type { SentenceModel } from './sentence-model.ts'
import type { VectorStore } from './vector-store.ts'
import type { WordTable, WordVectors } from './word-vectors.ts'

/** How long an answer waits for the sentence model, in ms; then the words decide without it. */
const patience = 1500
/** For how long a model that did not answer in time is not asked, in ms. */
const leaveAlone = 10_000
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
export function sentenceReader({
  sentences,
}: MeaningPorts): (question: string, signal: AbortSignal) => Promise<Float32Array | null> {
  /** Aborts when the model may be asked again. */
  let rest = AbortSignal.abort()
  return async (question, signal) => {
    if (!sentences || signal.aborted || !rest.aborted) return null
    const late = AbortSignal.timeout(patience)
    const asked = await firstOf(sentences.model, question.slice(0, longestRead), AbortSignal.any([signal, late]))
    // Not every question is to wait for a model that hangs.
    if (asked === null && late.aborted) rest = AbortSignal.timeout(leaveAlone)
    return asked
  }
}

/** Null as soon as the signal aborts, whether the model heeds it or not. */
function firstOf(model: SentenceModel, text: string, signal: AbortSignal): Promise<Float32Array | null> {
  const { promise, resolve } = Promise.withResolvers<null>()
  signal.addEventListener('abort', () => resolve(null), { once: true })
  const reading = model.embed([text], signal).then(([vector = null]) => vector)
  return Promise.race([reading.catch(() => null), promise])
}
