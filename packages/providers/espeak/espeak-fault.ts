/** What can go wrong with the program. */
export type EspeakFaultKind =
  /** It is not there, or may not be run. */
  | 'missing'
  /** It ended with an error, or gave what is no sound. */
  | 'broken'
  /** It took too long. */
  | 'late'

/** Why espeak-ng said nothing. The name tells the kind, for logs show names; it holds nothing of the text. */
export class EspeakFault extends Error {
  readonly kind: EspeakFaultKind

  constructor(kind: EspeakFaultKind) {
    super(`espeak-ng is ${kind}`)
    this.name = `EspeakFault(${kind})`
    this.kind = kind
  }
}
