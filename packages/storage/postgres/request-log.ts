import type { KeyUsage, RequestLog, RequestRecord } from '@parlor/core/account'
import { ParlorError } from '@parlor/core/errors'
import type { Access } from './access.ts'
import { packId } from './pack-id.ts'
import { type RequestRow, toRequest } from './request-rows.ts'
import { requestStatements } from './request-statements.ts'
import { monthOf, removeRequests, writeRequests } from './write-requests.ts'

/** A call is written at most this long after it was recorded, or sooner when so many wait. */
const flushEveryMs = 100
const largestBatch = 500
/** What a store that cannot write may make wait; beyond, the history has a hole rather than the process no memory. */
const mostWaiting = 10_000

/** The history of calls in Postgres. */
export interface PostgresRequestLog extends RequestLog {
  /** Writes what waits, and resolves once it is committed or has failed. */
  flush(): Promise<void>
}

type KeyUsageRow = { key_id: string; requests: number; last_used_at: number; last_used_ip: string | null }

export function postgresRequestLog(access: Access): PostgresRequestLog {
  const { ask } = access
  const { record, flush } = batches(access)
  const count = async (...asked: Parameters<typeof ask>): Promise<number> =>
    (await ask<{ n: number }>(...asked))[0]?.n ?? 0
  return {
    record,
    flush,
    listRequests: async (accountId, { operation }, { limit, offset }) => {
      await flush()
      const window = [packId(accountId), Math.max(0, limit), Math.max(0, offset)]
      const [rows, total] = await Promise.all([
        operation === undefined
          ? ask<RequestRow>(requestStatements.list, window)
          : ask<RequestRow>(requestStatements.listOperation, [...window, operation]),
        count(requestStatements.total, [packId(accountId), operation === undefined ? null : packId(operation)]),
      ])
      return { items: rows.map(toRequest), total }
    },
    countRequestsInMonth: async (accountId, now) => {
      await flush()
      return count(requestStatements.month, [packId(accountId), monthOf(now)])
    },
    readKeyUsage: async (keyIds) => {
      await flush()
      const ids = keyIds.map(packId)
      const rows = await ask<KeyUsageRow>(requestStatements.keys, [ids])
      const known = new Map(rows.map((row) => [row.key_id, row]))
      return ids.map((id) => toKeyUsage(known.get(id)))
    },
    pruneRequests: (before, limit) => removeRequests(access, before, Math.max(0, limit)),
  }
}

/** Collects calls and writes them together: what a caller pays for is one push. */
function batches(access: Access): Pick<PostgresRequestLog, 'record' | 'flush'> {
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
      // In the order they were recorded: an earlier batch may be on its way still.
      written = written.then(() => writeRequests(access, batch)).catch((error) => keepAfterFailure(batch, error))
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

function toKeyUsage(row: KeyUsageRow | undefined): KeyUsage {
  if (row === undefined) return { requestCount: 0, lastUsedAt: null, lastUsedIp: null }
  return { requestCount: row.requests, lastUsedAt: row.last_used_at, lastUsedIp: row.last_used_ip }
}
