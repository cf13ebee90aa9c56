import type { RequestRecord } from '@parlor/core/account'
import type { Access, Transaction } from './access.ts'
import { packId } from './pack-id.ts'
import { requestColumns } from './request-rows.ts'
import { requestStatements } from './request-statements.ts'

/** Writes a batch of calls and moves the sums, each sum once. */
export function writeRequests({ transact }: Access, batch: readonly RequestRecord[]): Promise<void> {
  return transact(async (transaction) => {
    transaction.send(requestStatements.insert, requestColumns(batch))
    addToTotals(
      transaction,
      batch.map(({ accountId, operation }) => ({ account: packId(accountId), operation: packId(operation), calls: 1 })),
    )
    const months = [...Map.groupBy(batch, ({ accountId, time }) => `${monthOf(time)} ${packId(accountId)}`).values()]
    transaction.send(requestStatements.addToMonths, [
      months.map(([first]) => packId(first?.accountId ?? '')),
      months.map(([first]) => monthOf(first?.time ?? 0)),
      months.map(({ length }) => length),
    ])
    const keys = [...Map.groupBy(batch, ({ keyId }) => packId(keyId))].map(([key, calls]) => {
      const last = calls.reduce((latest, request) => (request.time >= latest.time ? request : latest))
      return { key, calls: calls.length, last }
    })
    transaction.send(requestStatements.addToKeys, [
      keys.map(({ key }) => key),
      keys.map(({ calls }) => calls),
      keys.map(({ last }) => last.time),
      keys.map(({ last }) => last.address),
    ])
  })
}

/** Forgets calls older than `before`, the oldest first; returns how many. */
export function removeRequests({ transact }: Access, before: number, limit: number): Promise<number> {
  return transact(async (transaction) => {
    type Removed = { account_id: string; operation: string }
    const removed = await transaction.ask<Removed>(requestStatements.removeOld, [before, limit])
    addToTotals(
      transaction,
      removed.map(({ account_id, operation }) => ({ account: account_id, operation: packId(operation), calls: -1 })),
    )
    return removed.length
  })
}

/** The calendar month (UTC) a time is in, such as 202611. */
export function monthOf(time: number): number {
  const date = new Date(time)
  return date.getUTCFullYear() * 100 + date.getUTCMonth() + 1
}

/** Ids are packed. */
interface Added {
  account: string
  operation: string
  calls: number
}

function addToTotals({ send }: Transaction, added: readonly Added[]): void {
  const sums = [...Map.groupBy(added, ({ account, operation }) => `${account} ${operation}`).values()]
  if (sums.length === 0) return
  send(requestStatements.addToTotals, [
    sums.map(([first]) => first?.account ?? ''),
    sums.map(([first]) => first?.operation ?? ''),
    sums.map((of) => of.reduce((sum, { calls }) => sum + calls, 0)),
  ])
}
