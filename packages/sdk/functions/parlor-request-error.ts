/** What is known of an answer that is an error. */
export interface Refusal {
  status: number
  code: string
  requestId?: string | undefined
  retryAfterSeconds?: number | undefined
  body?: unknown
  cause?: unknown
}

/**
 * An answer other than 2xx, or one with status 2xx that Parlor would not give (`INVALID_ANSWER`).
 * @example
 * try { await parlor.widgetSessions.revoke(id) } catch (error) {
 *   if (error instanceof ParlorRequestError && error.code === 'NOT_FOUND') return
 *   throw error
 * }
 */
export class ParlorRequestError extends Error {
  /** The HTTP status. */
  readonly status: number
  /** The wire's code, such as `NOT_FOUND`; `HTTP_<status>` when the body had none. */
  readonly code: string
  /** What to give the operator, when there is one. */
  readonly requestId: string | undefined
  /** How long to wait before asking again, in seconds, where the server says so. */
  readonly retryAfterSeconds: number | undefined
  /** The body: an object where it was JSON, else text. */
  readonly body: unknown

  constructor(message: string, refusal: Refusal) {
    super(message, { cause: refusal.cause })
    this.name = 'ParlorRequestError'
    this.status = refusal.status
    this.code = refusal.code
    this.requestId = refusal.requestId
    this.retryAfterSeconds = refusal.retryAfterSeconds
    this.body = refusal.body
  }
}
