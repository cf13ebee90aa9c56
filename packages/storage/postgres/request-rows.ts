import type { RequestRecord } from '@parlor/core/account'
import { oddIds, packId, withOddIds } from './pack-id.ts'

export interface RequestRow {
  id: string
  account_id: string
  key_id: string
  time: number
  method: string
  path: string
  operation: string
  status: number
  user_agent: string | null
  duration_ms: number
  request_id: string
  odd: string | null
}

/** The caller's address is not in the row: it is kept with the key's last use only. */
export function toRequest(row: RequestRow): RequestRecord {
  const request: RequestRecord = {
    id: row.id,
    accountId: row.account_id,
    keyId: row.key_id,
    time: row.time,
    method: row.method,
    path: row.path,
    operation: row.operation,
    status: row.status,
    userAgent: row.user_agent,
    durationMs: row.duration_ms,
    requestId: row.request_id,
    address: null,
  }
  return withOddIds(request, row.odd)
}

/** A batch by columns, in the order of the insert. */
export function requestColumns(batch: readonly RequestRecord[]): (string | number | null)[][] {
  const each = (pick: (request: RequestRecord) => string | number | null) => batch.map(pick)
  return [
    each(({ id }) => packId(id)),
    each(({ accountId }) => packId(accountId)),
    each(({ keyId }) => packId(keyId)),
    each(({ time }) => time),
    each(({ method }) => method),
    each(({ path }) => path),
    each(({ operation }) => operation),
    each(({ status }) => status),
    each(({ userAgent }) => userAgent),
    each(({ durationMs }) => durationMs),
    each(({ requestId }) => requestId),
    each(({ id, accountId, keyId }) => oddIds({ id, accountId, keyId })),
  ]
}
