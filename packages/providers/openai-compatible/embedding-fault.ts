import { type FaultKind, ModelFault } from './model-fault.ts'

const saying: Readonly<Record<FaultKind, string>> = {
  unreachable: 'could not be reached',
  refused: 'refused',
  broken: 'sent what are no vectors for the texts',
  endless: 'sent more than vectors can need',
  late: 'did not answer in time',
  silent: 'answered nothing',
}

/**
 * Why an endpoint made no vectors. Like a ModelFault it holds nothing the endpoint sent and no cause, for an endpoint may repeat the
 * key and the texts; the name tells the kind, for logs show names.
 */
export class EmbeddingFault extends Error {
  readonly kind: FaultKind
  /** The status it answered with, where it did. */
  readonly statusCode: number | undefined

  constructor(kind: FaultKind, statusCode?: number) {
    super(`the endpoint for embeddings ${saying[kind]}${statusCode === undefined ? '' : ` with status ${statusCode}`}`)
    this.name = `EmbeddingFault(${kind})`
    this.kind = kind
    this.statusCode = statusCode
  }
}

/** Whatever went wrong, as a fault; what is none was sent by the endpoint, and is left out. */
export function asEmbeddingFault(error: unknown): EmbeddingFault {
  if (error instanceof EmbeddingFault) return error
  if (error instanceof ModelFault) return new EmbeddingFault(error.kind, error.statusCode)
  return new EmbeddingFault('broken')
}
