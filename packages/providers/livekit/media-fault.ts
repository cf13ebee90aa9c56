import { ParlorError } from '@parlor/core/errors'

/** No call waits longer for the media server. */
export const callBoundMs = 5000

/** What a failed call to the media server is to Parlor: `unavailable`, with a sentence on which setting to look at. */
export function mediaFault(error: unknown): ParlorError {
  const refused = [401, 403].includes(statusOf(error) ?? 0)
  const message = refused
    ? 'The media server at LIVEKIT_URL does not take LIVEKIT_API_KEY and LIVEKIT_API_SECRET. The operator has to correct them.'
    : 'The media server at LIVEKIT_URL does not answer as it should. Try again shortly; if it stays so, the operator has to look at it.'
  return new ParlorError('unavailable', { message, cause: withoutTokens(error) })
}

/** The status of an answer that was a refusal, as LiveKit's client throws it; null where nobody answered. */
function statusOf(error: unknown): number | null {
  const isAnswer = error instanceof Error && 'status' in error && typeof error.status === 'number'
  return isAnswer ? Number(error.status) : null
}

/** Whether LiveKit itself says that there is no such room; a proxy's 404 has no code. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'not_found'
}

/** The server quotes tokens it refuses, and a cause is logged. */
function withoutTokens(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  const status = statusOf(error)
  const told = new Error(
    `${error.message}${status ? ` (${status})` : ''}`.replace(/eyJ[\w-]*\.[\w-]*\.[\w-]*/g, '[token]'),
  )
  // A network fault says what happened in its own cause: refused, no such host, a bad certificate.
  if (error.cause instanceof Error) told.cause = withoutTokens(error.cause)
  return told
}
