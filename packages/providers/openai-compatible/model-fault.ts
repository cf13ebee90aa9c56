/** What can go wrong with an endpoint. */
export type FaultKind =
  /** It could not be reached, or its connection broke before it answered. */
  | 'unreachable'
  /** It answered with a status other than 200. */
  | 'refused'
  /** It broke off, or sent what is no answer. */
  | 'broken'
  /** It sent more than an answer can need. */
  | 'endless'
  /** Its first word, its next one or its end did not come in time. */
  | 'late'
  /** It answered without saying anything. */
  | 'silent'

/**
 * Why the endpoint gave no answer. It holds nothing the endpoint sent and no cause: an endpoint may repeat the key, the
 * prompt and the visitor's words. The name tells the kind, for logs show names.
 */
export class ModelFault extends Error {
  readonly kind: FaultKind
  /** The status it answered with, where it did. */
  readonly statusCode: number | undefined

  constructor(kind: FaultKind, statusCode?: number) {
    super(`the model's endpoint is ${kind}`)
    this.name = `ModelFault(${kind})`
    this.kind = kind
    this.statusCode = statusCode
  }
}
