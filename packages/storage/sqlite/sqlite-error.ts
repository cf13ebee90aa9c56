import { ParlorError } from '@parlor/core/errors'

/** Primary result codes of SQLite (the low byte of an extended one). */
export const resultCodes = { busy: 5, notADatabase: 26, constraint: 19 } as const

/** The primary result code of an error SQLite raised, or null for any other error. */
export function resultCodeOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  return error.errcode & 0xff
}

/**
 * What a caller of a port may be told: rules broken in the store are a `conflict`, a store that cannot work is
 * `unavailable`, and everything else was thrown by the caller's own code and is passed on.
 */
export function tellCaller(error: unknown): unknown {
  const code = resultCodeOf(error)
  if (code === resultCodes.constraint) return new ParlorError('conflict', { cause: error })
  if (code !== null || isClosed(error)) return new ParlorError('unavailable', { cause: error })
  return error
}

function isClosed(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_STATE'
}
