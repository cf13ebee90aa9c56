import { ResponseError } from '../fetch-client/errors.ts'

/** What {@link Equos} and the browser calls reject with. `status` and `response` are there when an answer came (E19). */
export class EquosError extends Error {
  override name = 'EquosError'
  readonly code: string | undefined
  readonly status: number | undefined
  /** Its body is unread. */
  readonly response: Response | undefined

  constructor(message: string, code?: string, more: { response?: Response; cause?: unknown } = {}) {
    super(message, { cause: more.cause })
    this.code = code
    this.status = more.response?.status
    this.response = more.response
  }
}

/** The same failure as the older generation of clients tells it. */
export function toEquosError(error: unknown): unknown {
  if (error instanceof ResponseError) return new EquosError(error.message, error.code, { response: error.response })
  return error instanceof Error ? new EquosError(error.message, 'NO_ANSWER', { cause: error }) : error
}
