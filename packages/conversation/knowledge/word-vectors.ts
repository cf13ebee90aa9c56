/** A direction for a word, so that words of near meaning point alike. */
export interface WordVector {
  /** Of length 1 but for a factor that all share. */
  vector: Int8Array
  /** How much the word says, from 0 to 1: a common one says little. */
  weight: number
}

/** The words of one language with what they mean. */
export interface WordTable {
  /** Numbers in each vector. */
  size: number
  /** By the folded word or another form of it; null for one that is not known. */
  find(folded: string): WordVector | null
}

/** Where vectors of words come from. */
export interface WordVectors {
  /** Read at the first question, kept after it; null when there are none to be had, and then words alone decide. */
  open(): Promise<WordTable | null>
}
