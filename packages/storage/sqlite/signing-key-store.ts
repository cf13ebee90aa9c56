import type { SigningKey, SigningKeyStore } from '@parlor/core/token'
import type { Access } from './access.ts'
import { remember } from './remember.ts'
import type { SigningKeyRow } from './tables.ts'

/** Signing keys in SQLite. Each token that is made or checked needs one, so its two reads are prepared once. */
export function sqliteSigningKeyStore({ db, sql, read, write, run }: Access): SigningKeyStore {
  const findCurrent = db.prepare(
    'SELECT * FROM signing_keys WHERE project_id = ? AND retires_at IS NULL ORDER BY created_at DESC, position DESC LIMIT 1',
  )
  const find = db.prepare('SELECT * FROM signing_keys WHERE kid = ?')
  const current = remember<SigningKey>(db)
  const known = remember<SigningKey>(db)
  return {
    findCurrentSigningKey: (projectId) =>
      read(() => current.recall(projectId, () => toSigningKey(findCurrent.get(projectId)))),
    findSigningKey: (kid) => read(() => known.recall(kid, () => toSigningKey(find.get(kid)))),
    rotateSigningKey: (key, othersRetireAt) =>
      write(() => {
        current.forget()
        known.forget()
        run(
          sql
            .updateTable('signing_keys')
            .set({ retires_at: othersRetireAt })
            .where('project_id', '=', key.projectId)
            .where((row) => row.or([row('retires_at', 'is', null), row('retires_at', '>', othersRetireAt)])),
        )
        run(
          sql.insertInto('signing_keys').values({
            kid: key.kid,
            project_id: key.projectId,
            sealed: key.sealed,
            created_at: key.createdAt,
            retires_at: key.retiresAt,
          }),
        )
      }),
  }
}

function toSigningKey(found: unknown): SigningKey | null {
  const row = found as SigningKeyRow | undefined
  if (row === undefined) return null
  return {
    kid: row.kid,
    projectId: row.project_id,
    sealed: row.sealed,
    createdAt: row.created_at,
    retiresAt: row.retires_at,
  }
}
