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
  run(): Promise<T>
  refer(answer: T): string
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
  const begun = await idempotency.begin(once.scope, digest(once.body), now, now + claimMs)
  if (begun.outcome === 'different') throw new ParlorError('conflict', { message: otherBody })
  if (begun.outcome === 'running') throw new ParlorError('conflict', { message: stillRunning })
  if (begun.outcome === 'known') return { answer: await recall(once, begun.answer.reference), replayed: true }
  try {
    const answer = await once.run()
    await idempotency.finish(once.scope, { reference: JSON.stringify({ ok: once.refer(answer) }) }, now + keptMs)
    return { answer, replayed: false }
  } catch (error) {
    if (isLasting(error)) await idempotency.finish(once.scope, { reference: describe(error) }, now + keptMs)
    else await idempotency.giveUp(once.scope)
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

function describe({ code, message, faults, facts }: ParlorError): string {
  return JSON.stringify({ refused: { code, message, faults, facts } })
}

async function recall<T>(once: Once<T>, reference: string): Promise<T> {
  const kept = JSON.parse(reference) as
    | { ok: string }
    | { refused: { code: string } & ConstructorParameters<typeof ParlorError>[1] }
  if ('ok' in kept) return once.recall(kept.ok)
  const { code, ...details } = kept.refused
  throw new ReplayedError(code in errorCodes ? (code as ErrorCode) : 'internal', details)
}

function digest(body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(body) ?? '')
    .digest('hex')
}
