import type { RequestRecord } from '@parlor/core/account'
import { packId, unpackId } from './pack-id.ts'
import { requestValues } from './request-rows.ts'
import type { RequestStatements } from './request-statements.ts'

/** Writes a batch of calls and moves the sums, each sum once. Runs inside a write. */
export function writeRequests(statements: RequestStatements, batch: readonly RequestRecord[]): void {
  for (const request of batch) statements.insert.run(...requestValues(request))
  for (const of of Map.groupBy(batch, totalOf).values()) {
    const [{ accountId, operation }] = of as [RequestRecord]
    statements.addToTotal.run(packId(accountId), operation, of.length)
  }
  for (const of of Map.groupBy(batch, ({ accountId, time }) => `${monthOf(time)} ${accountId}`).values()) {
    const [{ accountId, time }] = of as [RequestRecord]
    statements.addToMonth.run(packId(accountId), monthOf(time), of.length)
  }
  for (const [keyId, of] of Map.groupBy(batch, (request) => request.keyId)) {
    const last = of.reduce((latest, request) => (request.time >= latest.time ? request : latest))
    statements.addToKey.run(packId(keyId), of.length, last.time, last.address)
  }
}

/** Forgets calls older than `before`, the oldest first; returns how many. Runs inside a write. */
export function removeRequests(statements: RequestStatements, before: number, limit: number): number {
  const old = statements.listOld.all(before, limit)
  for (const { position } of old) statements.remove.run(Number(position))
  const rows = old.map((row) => ({
    accountId: unpackId(row.account_id as Uint8Array | string),
    operation: String(row.operation),
  }))
  for (const of of Map.groupBy(rows, totalOf).values()) {
    const [{ accountId, operation }] = of as [{ accountId: string; operation: string }]
    statements.addToTotal.run(packId(accountId), operation, -of.length)
  }
  return old.length
}

/** The calendar month (UTC) a time is in, such as 202611. */
export function monthOf(time: number): number {
  const date = new Date(time)
  return date.getUTCFullYear() * 100 + date.getUTCMonth() + 1
}

/** Accounts and operations hold no NUL, so no two pairs give the same name. */
function totalOf({ accountId, operation }: { accountId: string; operation: string }): string {
  return `${accountId}\0${operation}`
}
