import type { KeyUsage, RequestLog, RequestRecord } from '@parlor/core/account'
import { ParlorError } from '@parlor/core/errors'
import type { Access } from './access.ts'
import { packId } from './pack-id.ts'
import { type RequestRow, toRequest } from './request-rows.ts'
import { type RequestStatements, requestStatements } from './request-statements.ts'
import { monthOf, removeRequests, writeRequests } from './write-requests.ts'

/** A call is written at most this long after it was recorded, or sooner when so many wait. */
const flushEveryMs = 100
const largestBatch = 500
/** What a store that cannot write may make wait; beyond, the history has a hole rather than the process no memory. */
const mostWaiting = 10_000

/** The history of calls in SQLite. */
export interface SqliteRequestLog extends RequestLog {
  /** Hands what waits to the next group of writes, and resolves once it is committed or has failed. */
  flush(): Promise<void>
}

export function sqliteRequestLog(access: Access): SqliteRequestLog {
  const statements = requestStatements(access.db)
  const { record, flush } = batches(access, statements)
  const afterFlush = async <T>(work: () => T): Promise<T> => {
    await flush()
    return access.read(work)
  }
  return {
    record,
    flush,
    listRequests: (accountId, { operation }, { limit, offset }) =>
      afterFlush(() => {
        const window = [Math.max(0, limit), Math.max(0, offset)] as const
        const account = packId(accountId)
        const [rows, total] =
          operation === undefined
            ? [statements.list.all(account, ...window), statements.total.get(account)]
            : [
                statements.listOperation.all(account, operation, ...window),
                statements.totalOperation.get(account, operation),
              ]
        return { items: rows.map((row) => toRequest(row as unknown as RequestRow)), total: Number(total?.n ?? 0) }
      }),
    countRequestsInMonth: (accountId, now) =>
      afterFlush(() => Number(statements.month.get(packId(accountId), monthOf(now))?.n ?? 0)),
    readKeyUsage: (keyIds) => afterFlush(() => keyIds.map((id) => toKeyUsage(statements.key.get(packId(id))))),
    pruneRequests: (before, limit) => access.write(() => removeRequests(statements, before, Math.max(0, limit))),
  }
}

/** Collects calls and writes them together: what a caller pays for is one push. */
function batches({ write }: Access, statements: RequestStatements): Pick<SqliteRequestLog, 'record' | 'flush'> {
  let waiting: RequestRecord[] = []
  let timer: NodeJS.Timeout | null = null
  let written: Promise<unknown> = Promise.resolve()
  const keepAfterFailure = (batch: RequestRecord[], error: unknown): void => {
    // What the store refuses for its own sake it would refuse again.
    if (!(error instanceof ParlorError) || error.code !== 'unavailable') return
    waiting = batch.concat(waiting).slice(-mostWaiting)
  }
  const flush = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (waiting.length > 0) {
      const batch = waiting
      waiting = []
      const done = write(() => writeRequests(statements, batch)).catch((error) => keepAfterFailure(batch, error))
      // An earlier batch may be on its way still.
      written = Promise.all([written, done])
    }
    await written
  }
  return {
    flush,
    record: (request) => {
      waiting.push(request)
      if (waiting.length === largestBatch) void flush()
      else if (timer === null) timer = setTimeout(flush, flushEveryMs).unref()
    },
  }
}

function toKeyUsage(row: Record<string, unknown> | undefined): KeyUsage {
  if (row === undefined) return { requestCount: 0, lastUsedAt: null, lastUsedIp: null }
  return {
    requestCount: Number(row.requests),
    lastUsedAt: Number(row.last_used_at),
    lastUsedIp: row.last_used_ip === null ? null : String(row.last_used_ip),
  }
}
