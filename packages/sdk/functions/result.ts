import type { NoAnswerError } from '../transport/index.ts'
import type { ParlorRequestError } from './parlor-request-error.ts'

/** How a call ended. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: ParlorRequestError | NoAnswerError }

/** The value of a call. @throws ParlorRequestError, NoAnswerError */
export async function unwrap<T>(call: Promise<Result<T>>): Promise<T> {
  const result = await call
  if (result.ok) return result.value
  throw result.error
}
