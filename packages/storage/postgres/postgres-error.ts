import { ParlorError } from '@parlor/core/errors'
import { DatabaseError } from 'pg'

/** Classes of SQLSTATE: its first two signs. */
const ruleBroken = '23'
/**
 * What says that the server cannot work now: it has no connection, no room, no time, is being stopped, stands by for another, or
 * its disk fails.
 */
const cannotWork: ReadonlySet<string> = new Set(['08', '28', '3D', '53', '55', '57', '58', 'XX'])
/** A transaction that would have to wait in a circle, or that came too late: undone, and right the next time. */
const raced: ReadonlySet<string> = new Set(['40001', '40P01'])
/** Rows that whoever comes first begins: two that began one at once both find it the next time. */
const begunOnce: ReadonlySet<string> = new Set(['chats_pkey', 'visitor_logs_pkey'])
const readOnly = '25006'
/** The server gave up on a transaction whose client stood still. */
const stoodStill = '25P03'

/** The SQLSTATE of an error Postgres raised, or null for any other error. */
export function sqlStateOf(error: unknown): string | null {
  return error instanceof DatabaseError ? (error.code ?? null) : null
}

/** Whether the same again may succeed, and nothing of the first time was kept. */
export function isRaced(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return false
  return raced.has(error.code ?? '') || begunOnce.has(error.constraint ?? '')
}

/**
 * What a caller of a port may be told of an error that came while Postgres was asked: rules broken in the store are a `conflict`,
 * a store that cannot be reached or cannot work is `unavailable`. A statement Postgres does not understand is our mistake and
 * stays what it is.
 */
export function tellCaller(error: unknown): unknown {
  if (error instanceof ParlorError) return error
  const state = sqlStateOf(error)
  if (state === null) return new ParlorError('unavailable', { cause: error })
  const kind = state.slice(0, 2)
  if (kind === ruleBroken) return new ParlorError('conflict', { cause: error })
  const isAway = cannotWork.has(kind) || raced.has(state) || state === readOnly || state === stoodStill
  return isAway ? new ParlorError('unavailable', { cause: error }) : error
}

/** Whether it failed for what one write asked, so that others beside it may succeed without it. */
export function isOfOneWrite(error: unknown): boolean {
  return !(error instanceof ParlorError && error.code === 'unavailable')
}
