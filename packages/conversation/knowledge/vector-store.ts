import type { Chunk } from './knowledge-store.ts'

/** A passage a model has not read yet. */
export interface UnreadPassage {
  /** Of the chunk as it stands now: when its document is put again, it has another. */
  id: string
  title: string
  headings: Chunk['headings']
  text: string
}

/** Where a passage stands. */
export interface PassagePlace {
  documentId: string
  position: number
}

/** What a sentence model made of the passages in a store. Kept as one signed byte a number: enough to compare directions by. */
export interface VectorStore {
  /**
   * Takes passages that have no vector of this model, oldest first, so that nobody else reads them before `until`; then they are free
   * again. Times in ms since 1970.
   */
  claimUnread(model: string, taking: { limit: number; now: number; until: number }): Promise<UnreadPassage[]>
  /** Keeps vectors of length 1 in place of those of any other model. A passage that is gone by now is passed over. */
  putVectors(model: string, vectors: readonly { id: string; vector: Float32Array }[]): Promise<void>
  /** The vectors of passages, in their order and of about length 1; null where this model has none. */
  findVectors(model: string, places: readonly PassagePlace[]): Promise<(Float32Array | null)[]>
  /** How many passages of a base there are, and how many this model has read. */
  countRead(model: string, baseId: string): Promise<{ passages: number; read: number }>
}
