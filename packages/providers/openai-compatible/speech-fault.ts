import { type FaultKind, ModelFault } from './model-fault.ts'

/** What an endpoint was asked for. */
export type SpeechPart = 'speech' | 'transcription'

/**
 * Why an endpoint did not speak, or did not listen. Like a ModelFault it holds nothing the endpoint sent and no cause; the name
 * tells the kind, for logs show names.
 */
export class SpeechFault extends Error {
  readonly kind: FaultKind
  readonly part: SpeechPart
  /** The status it answered with, where it did. */
  readonly statusCode: number | undefined

  constructor(part: SpeechPart, kind: FaultKind, statusCode?: number) {
    super(`the endpoint for ${part} is ${kind}`)
    this.name = `SpeechFault(${part}, ${kind})`
    this.kind = kind
    this.part = part
    this.statusCode = statusCode
  }
}

/** Whatever went wrong, as a fault; what is none was sent by the endpoint, and is left out. */
export function asSpeechFault(part: SpeechPart, error: unknown): SpeechFault {
  if (error instanceof SpeechFault) return error
  if (error instanceof ModelFault) return new SpeechFault(part, error.kind, error.statusCode)
  return new SpeechFault(part, 'broken')
}
