import type { DatabaseSync } from 'node:sqlite'
import type { KeyOwner } from '@parlor/core/account'
import { toAccount, toKey } from './account-rows.ts'
import type { AccountRow, KeyRow } from './tables.ts'

type KeyOwnerRow = KeyRow & { [Column in keyof AccountRow as `owner_${Column}`]: AccountRow[Column] }

/** Every request begins with this read, so it is one statement, prepared once. */
export function keyOwnerFinder(db: DatabaseSync): (digest: string) => KeyOwner | null {
  const find = db.prepare(`
    SELECT k.*, a.id AS owner_id, a.name AS owner_name, a.concurrency AS owner_concurrency,
      a.max_duration_seconds AS owner_max_duration_seconds, a.suspended_at AS owner_suspended_at,
      a.created_at AS owner_created_at
    FROM keys k JOIN accounts a ON a.id = k.account_id WHERE k.digest = ?`)
  return (digest) => {
    const row = find.get(digest) as KeyOwnerRow | undefined
    return row === undefined ? null : { key: toKey(row), account: toAccount(ownerOf(row)) }
  }
}

function ownerOf(row: KeyOwnerRow): AccountRow {
  return {
    id: row.owner_id,
    name: row.owner_name,
    concurrency: row.owner_concurrency,
    max_duration_seconds: row.owner_max_duration_seconds,
    suspended_at: row.owner_suspended_at,
    created_at: row.owner_created_at,
  }
}
