import type { RequestLog } from '@parlor/core/account'
import type { IdempotencyStore } from '@parlor/core/idempotency'
import type { Clock } from '@parlor/core/time'

export interface TidyPorts {
  requests: Pick<RequestLog, 'pruneRequests'>
  idempotency: Pick<IdempotencyStore, 'pruneIdempotency'>
  clock: Clock
}

/** How long the history of calls is kept (design 5, "Ledger"). */
const historyMs = 90 * 24 * 60 * 60 * 1000
const everyMs = 60_000
/** A little at a time, so that tidying never holds up a request. */
const mostRows = 2000

/** Forgets what is past its time, a little every minute. Returns what stops it. */
export function startTidying(ports: TidyPorts, logger: { error(fields: object, message: string): void }): () => void {
  const tidy = async () => {
    const now = ports.clock.now()
    await ports.requests.pruneRequests(now - historyMs, mostRows)
    await ports.idempotency.pruneIdempotency(now, mostRows)
  }
  const timer = setInterval(() => {
    tidy().catch((err: unknown) => logger.error({ err }, 'old rows could not be removed'))
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
