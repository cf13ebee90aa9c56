import type { RequestRecord } from '@parlor/core/account'
import { packId, unpackId } from './pack-id.ts'

type Packed = Uint8Array | string

export interface RequestRow {
  id: Packed
  account_id: Packed
  key_id: Packed
  time: number
  method: string
  path: string
  operation: string
  status: number
  user_agent: string | null
  duration_ms: number
  request_id: string
}

/** The caller's address is not in the row: it is kept with the key's last use only. */
export function toRequest(row: RequestRow): RequestRecord {
  return {
    id: unpackId(row.id),
    accountId: unpackId(row.account_id),
    keyId: unpackId(row.key_id),
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
}

/** In the order of the columns of the insert. */
export function requestValues(request: RequestRecord): (Packed | number | null)[] {
  return [
    packId(request.id),
    packId(request.accountId),
    packId(request.keyId),
    request.time,
    request.method,
    request.path,
    request.operation,
    request.status,
    request.userAgent,
    request.durationMs,
    request.requestId,
  ]
}
