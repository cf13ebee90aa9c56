/**
 * An answer other than 2xx, or none at all (`status` 0).
 * @example
 * try { await parlor.sessions.end(id) } catch (error) {
 *   if (error instanceof ParlorRequestError && error.code === 'NOT_FOUND') return
 *   throw error
 * }
 */
export class ParlorRequestError extends Error {
  /** The HTTP status; 0 when no answer came. */
  readonly status: number
  /** The wire's code, such as `NOT_FOUND`; `HTTP_<status>` when the body had none. */
  readonly code: string
  /** What to give the operator, when there is one. */
  readonly requestId: string | undefined
  /** How long to wait before asking again, in seconds, where the server says so (429). */
  retryAfterSeconds: number | undefined

  constructor(status: number, code: string, message: string, requestId?: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'ParlorRequestError'
    this.status = status
    this.code = code
    this.requestId = requestId
  }
}
