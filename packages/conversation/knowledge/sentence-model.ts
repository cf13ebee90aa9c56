/** A model that turns texts into vectors, so that texts of like meaning point the same way. */
export interface SentenceModel {
  /** Which model it is. Vectors of different models are never compared: with a new name every passage is read again. */
  readonly name: string
  /**
   * One vector of length 1 for each text, in their order; all of the same size.
   * @throws the signal's reason, or what kept the model from answering.
   */
  embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>
}
