/** Why no answer came. `cause` is what the runtime threw. */
export type NoAnswerReason = 'connection' | 'timeout' | 'aborted'

/** No answer came at all; an answer other than 2xx is never one of these. */
export class NoAnswerError extends Error {
  readonly reason: NoAnswerReason

  constructor(reason: NoAnswerReason, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'NoAnswerError'
    this.reason = reason
  }
}
