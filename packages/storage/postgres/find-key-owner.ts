import type { KeyOwner } from '@parlor/core/account'
import type { Access, Statement } from './access.ts'
import { toAccount, toKey } from './account-rows.ts'
import type { AccountRow, KeyRow } from './tables.ts'

type KeyOwnerRow = KeyRow & { [Column in keyof AccountRow as `owner_${Column}`]: AccountRow[Column] }

const findKeyOwners: Statement = {
  name: 'find-key-owners',
  text: `
    SELECT k.*, a.id AS owner_id, a.name AS owner_name, a.concurrency AS owner_concurrency,
      a.max_duration_seconds AS owner_max_duration_seconds, a.suspended_at AS owner_suspended_at,
      a.created_at AS owner_created_at
    FROM keys k JOIN accounts a ON a.id = k.account_id WHERE k.digest = ANY ($1::text[])`,
}

/** Every request begins with this read. */
export function keyOwnerFinder({ finder }: Access): (digest: string) => Promise<KeyOwner | null> {
  const find = finder<KeyOwnerRow>(findKeyOwners, ({ digest }) => digest)
  return async (digest) => {
    const row = await find(digest)
    return row === null ? null : { key: toKey(row), account: toAccount(ownerOf(row)) }
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
