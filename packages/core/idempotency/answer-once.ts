import { createHash } from 'node:crypto'
import { type ErrorCode, errorCodes, ParlorError } from '../errors/index.ts'
import type { Clock } from '../time/index.ts'
import type { IdempotencyScope, IdempotencyStore } from './idempotency-store.ts'

/** How long an answer is kept, and how long a request may be at work before its key is free again, in milliseconds. */
export const keptMs = 24 * 60 * 60 * 1000
const claimMs = 60_000

export interface OncePorts {
  idempotency: IdempotencyStore
  clock: Clock
}

/** A request that may be repeated, and how its answer is kept without a token and made again. */
export interface Once<T> {
  scope: IdempotencyScope
  /** The body as it was read; another one under the same key is refused. */
  body: unknown
  /**
   * The reference of what this request is going to make, where that can be said before. It is written down first: should the process
   * die between making it and saying so, whoever repeats the request is given what was made.
   */
  intends?: string
  /** @param intended what to make, where `intends` was given: what a request that died had written down, else that. */
  run(intended: string): Promise<T>
  refer(answer: T): string
  /** @throws ParlorError `conflict` when there is nothing under this reference. */
  recall(reference: string): Promise<T>
}

/**
 * Runs a request once for its key and gives every repetition the same answer, refusals included; those that may pass by
 * themselves (401, 429 and 5xx on the wires) are not kept.
 * @throws ParlorError `conflict` for another body under the same key, or while the first request is still at work.
 */
export async function answerOnce<T>(ports: OncePorts, once: Once<T>): Promise<{ answer: T; replayed: boolean }> {
  const { idempotency, clock } = ports
  const now = clock.now()
  const body = digest(once.body)
  const begun = await idempotency.begin(once.scope, body, now, now + claimMs)
  if (begun.outcome === 'different') throw new ParlorError('conflict', { message: otherBody })
  if (begun.outcome === 'running') throw new ParlorError('conflict', { message: stillRunning })
  if (begun.outcome === 'new') return { answer: await runFirst(ports, once, once.intends), replayed: false }
  const kept = read(begun.answer.reference)
  if (!('intended' in kept)) return { answer: await recall(once, kept), replayed: true }
  const made = await findMade(once, kept.intended)
  if (made !== null) {
    await idempotency.finish(once.scope, { reference: referTo(once, made) }, now + keptMs)
    return { answer: made, replayed: true }
  }
  if (now < kept.until) throw new ParlorError('conflict', { message: stillRunning })
  return { answer: await runAgain(ports, once, body, kept.intended), replayed: false }
}

async function runFirst<T>(ports: OncePorts, once: Once<T>, intended: string | undefined): Promise<T> {
  const { idempotency, clock } = ports
  const now = clock.now()
  const keep = (reference: string) => idempotency.finish(once.scope, { reference }, now + keptMs)
  const isWritten = intended !== undefined
  try {
    if (isWritten) await keep(JSON.stringify({ intended, until: now + claimMs }))
    const answer = await once.run(intended ?? '')
    await keep(referTo(once, answer))
    return answer
  } catch (error) {
    if (isLasting(error)) await keep(describe(error))
    else if (!isWritten) await idempotency.giveUp(once.scope)
    // It may have been made all the same, and whoever repeats the request looks first. Is the store away, that is in a minute.
    else if (mayBeMade(error)) await keep(JSON.stringify({ intended, until: 0 })).catch(() => {})
    // Free at once: an intention is not a claim any more that could be given up.
    else await idempotency.finish(once.scope, { reference: JSON.stringify({ intended, until: 0 }) }, now)
    throw error
  }
}

/** Where the first request died before it made anything. Of those who find that, one goes on. */
async function runAgain<T>(ports: OncePorts, once: Once<T>, body: string, intended: string): Promise<T> {
  const { idempotency, clock } = ports
  const now = clock.now()
  const turn = { ...once.scope, operation: `${once.scope.operation} again` }
  const begun = await idempotency.begin(turn, body, now, now + claimMs)
  if (begun.outcome !== 'new') throw new ParlorError('conflict', { message: stillRunning })
  try {
    return await runFirst(ports, once, intended)
  } finally {
    await idempotency.giveUp(turn)
  }
}

async function findMade<T>(once: Once<T>, reference: string): Promise<T | null> {
  try {
    return await once.recall(reference)
  } catch (error) {
    if (error instanceof ParlorError && error.code === 'conflict') return null
    throw error
  }
}

/** An error that was given again, so that the caller's answer can say so. */
export class ReplayedError extends ParlorError {}

const otherBody = 'This Idempotency-Key was used with another body. Use a new key for a new request.'
const stillRunning = 'The request with this Idempotency-Key is still at work. Wait a moment and repeat it.'

const passing: ReadonlySet<ErrorCode> = new Set([
  'missing_key',
  'invalid_key',
  'rate_limited',
  'concurrency_reached',
  'unavailable',
  'internal',
])

function isLasting(error: unknown): error is ParlorError {
  return error instanceof ParlorError && !passing.has(error.code)
}

/** The store was lost while it was written to, or nobody knows what happened. */
function mayBeMade(error: unknown): boolean {
  return !(error instanceof ParlorError) || error.code === 'unavailable' || error.code === 'internal'
}

function describe({ code, message, faults, facts }: ParlorError): string {
  return JSON.stringify({ refused: { code, message, faults, facts } })
}

type Kept =
  | { ok: string }
  | { refused: { code: string } & ConstructorParameters<typeof ParlorError>[1] }
  /** What is going to be made, and until when its maker is given time. */
  | { intended: string; until: number }

function read(reference: string): Kept {
  return JSON.parse(reference) as Kept
}

function referTo<T>(once: Once<T>, answer: T): string {
  return JSON.stringify({ ok: once.refer(answer) })
}

async function recall<T>(once: Once<T>, kept: Exclude<Kept, { intended: string }>): Promise<T> {
  if ('ok' in kept) return once.recall(kept.ok)
  const { code, ...details } = kept.refused
  throw new ReplayedError(code in errorCodes ? (code as ErrorCode) : 'internal', details)
}

function digest(body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(body) ?? '')
    .digest('hex')
}
