import type { Begun, IdempotencyScope, IdempotencyStore } from '@parlor/core/idempotency'
import type { Access, Statement } from './access.ts'
import { packId } from './pack-id.ts'

const claim: Statement = {
  name: 'claim-idempotency',
  text: `
    WITH claimed AS (
      INSERT INTO idempotency AS known (place, body_digest, free_at) VALUES ($1, $2, $4)
      ON CONFLICT (place) DO UPDATE SET body_digest = excluded.body_digest, reference = NULL, free_at = excluded.free_at
        WHERE known.free_at <= $3
      RETURNING 1)
    SELECT true AS is_new, NULL AS body_digest, NULL AS reference FROM claimed
    UNION ALL
    SELECT false, body_digest, reference FROM idempotency WHERE place = $1 AND free_at > $3
      AND NOT EXISTS (SELECT FROM claimed)`,
}
const finish: Statement = {
  name: 'finish-idempotency',
  text: 'UPDATE idempotency SET reference = $2, free_at = $3 WHERE place = $1',
}
const giveUp: Statement = {
  name: 'give-up-idempotency',
  text: 'DELETE FROM idempotency WHERE place = $1 AND reference IS NULL',
}
const prune: Statement = {
  name: 'prune-idempotency',
  text: `
    DELETE FROM idempotency WHERE place = ANY (ARRAY(
      SELECT place FROM idempotency WHERE free_at <= $1 ORDER BY free_at LIMIT $2 FOR UPDATE SKIP LOCKED))
    RETURNING 1`,
}

interface ClaimRow {
  is_new: boolean
  body_digest: string
  reference: string | null
}

/** Idempotency keys in Postgres. */
export function postgresIdempotencyStore({ tell }: Access): IdempotencyStore {
  return {
    begin: async (scope, bodyDigest, now, claimUntil) => {
      const values = [placeOf(scope), bodyDigest, now, claimUntil]
      let [row] = await tell<ClaimRow>(claim, values)
      // Somebody else's claim was not committed yet when we looked, or was just given up: look again.
      while (row === undefined) [row] = await tell<ClaimRow>(claim, values)
      return outcomeOf(row, bodyDigest)
    },
    finish: async (scope, { reference }, keepUntil) =>
      void (await tell(finish, [placeOf(scope), reference, keepUntil])),
    giveUp: async (scope) => void (await tell(giveUp, [placeOf(scope)])),
    pruneIdempotency: async (now, limit) => (await tell(prune, [now, Math.max(0, limit)])).length,
  }
}

function outcomeOf(row: ClaimRow, bodyDigest: string): Begun {
  if (row.is_new) return { outcome: 'new' }
  if (row.body_digest !== bodyDigest) return { outcome: 'different' }
  if (row.reference === null) return { outcome: 'running' }
  return { outcome: 'known', answer: { reference: row.reference } }
}

/** As JSON no two scopes are spelled alike. */
function placeOf({ accountId, projectId, operation, key }: IdempotencyScope): string {
  return packId(JSON.stringify([accountId, projectId, operation, key]))
}
