import type { Begun, IdempotencyScope, IdempotencyStore } from '@parlor/core/idempotency'
import type { Access } from './access.ts'
import { packId } from './pack-id.ts'
import { prepareWrite } from './prepare-write.ts'

type Place = [Uint8Array | string, Uint8Array | string, string, string]

const inScope = 'account_id = ? AND project_id = ? AND operation = ? AND key = ?'

/** Idempotency keys in SQLite. */
export function sqliteIdempotencyStore({ db, write }: Access): IdempotencyStore {
  const find = db.prepare(`SELECT body_digest, reference FROM idempotency WHERE ${inScope} AND free_at > ?`)
  const claim = prepareWrite(
    db,
    `
    INSERT INTO idempotency (account_id, project_id, operation, key, body_digest, free_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (account_id, project_id, operation, key)
    DO UPDATE SET body_digest = excluded.body_digest, reference = NULL, free_at = excluded.free_at`,
  )
  const finish = prepareWrite(db, `UPDATE idempotency SET reference = ?, free_at = ? WHERE ${inScope}`)
  const giveUp = prepareWrite(db, `DELETE FROM idempotency WHERE ${inScope} AND reference IS NULL`)
  const prune = prepareWrite(
    db,
    `
    DELETE FROM idempotency WHERE position IN
      (SELECT position FROM idempotency WHERE free_at <= ? ORDER BY free_at LIMIT ?)`,
  )
  return {
    begin: (scope, bodyDigest, now, claimUntil) => {
      const place = placeOf(scope)
      return write((): Begun => {
        const row = find.get(...place, now)
        if (row === undefined) {
          claim.run(...place, bodyDigest, claimUntil)
          return { outcome: 'new' }
        }
        if (row.body_digest !== bodyDigest) return { outcome: 'different' }
        if (row.reference === null) return { outcome: 'running' }
        return { outcome: 'known', answer: { reference: String(row.reference) } }
      })
    },
    finish: (scope, { reference }, keepUntil) => write(() => void finish.run(reference, keepUntil, ...placeOf(scope))),
    giveUp: (scope) => write(() => void giveUp.run(...placeOf(scope))),
    pruneIdempotency: (now, limit) => write(() => Number(prune.run(now, Math.max(0, limit)).changes)),
  }
}

function placeOf({ accountId, projectId, operation, key }: IdempotencyScope): Place {
  return [packId(accountId), packId(projectId), operation, key]
}
