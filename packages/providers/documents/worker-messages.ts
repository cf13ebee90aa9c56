import type { ReadDocument, SentDocument } from '@parlor/conversation/knowledge'
import { type ErrorCode, errorCodes, type Fault, ParlorError } from '@parlor/core/errors'

/** What goes to a worker: one document at a time. */
export type ToWorker = SentDocument

/** What comes back: plain data, never an object of a parser. */
export type FromWorker = { read: ReadDocument } | { refusal: Refusal }

export interface Refusal {
  code: ErrorCode
  message: string
  faults: Fault[]
}

/** What a reader threw, for the way back. What nobody foresaw means that the document is broken: the parsers are foreign. */
export function toRefusal(thrown: unknown, field: SentDocument['field']): Refusal {
  if (thrown instanceof ParlorError) {
    return { code: thrown.code, message: thrown.message, faults: thrown.faults.map((fault) => ({ ...fault })) }
  }
  const message = 'it is damaged or cut off. Open it in the program it was made with, save it anew and send it again.'
  return {
    code: 'validation_failed',
    message: `${field}: ${message}`,
    faults: [{ path: [field], type: 'damaged', message }],
  }
}

export function fromRefusal({ code, message, faults }: Refusal): ParlorError {
  return new ParlorError(code in errorCodes ? code : 'internal', { message, faults })
}
