import type { SigningKey, SigningKeyStore } from '@parlor/core/token'
import type { Access, Statement } from './access.ts'
import type { SigningKeyRow } from './tables.ts'

const findKeys: Statement = {
  name: 'find-signing-keys',
  text: 'SELECT * FROM signing_keys WHERE kid = ANY ($1::text[])',
}
const findCurrent: Statement = {
  name: 'find-current-signing-keys',
  text: `
    SELECT k.* FROM unnest($1::text[]) AS wanted (project) CROSS JOIN LATERAL (
      SELECT * FROM signing_keys WHERE project_id = wanted.project AND retires_at IS NULL
      ORDER BY created_at DESC, position DESC LIMIT 1) AS k`,
}
const retireOthers: Statement = {
  name: 'retire-signing-keys',
  text: 'UPDATE signing_keys SET retires_at = $2 WHERE project_id = $1 AND (retires_at IS NULL OR retires_at > $2)',
}
const insertKey: Statement = {
  name: 'insert-signing-key',
  text: 'INSERT INTO signing_keys (kid, project_id, sealed, created_at, retires_at) VALUES ($1, $2, $3, $4, $5)',
}

/** Signing keys in Postgres. Each token that is made or checked needs one. */
export function postgresSigningKeyStore({ finder, transact }: Access): SigningKeyStore {
  const find = finder<SigningKeyRow>(findKeys, ({ kid }) => kid)
  const current = finder<SigningKeyRow>(findCurrent, ({ project_id }) => project_id)
  return {
    findCurrentSigningKey: async (projectId) => toSigningKey(await current(projectId)),
    findSigningKey: async (kid) => toSigningKey(await find(kid)),
    rotateSigningKey: (key, othersRetireAt) =>
      transact(async ({ send }) => {
        send(retireOthers, [key.projectId, othersRetireAt])
        send(insertKey, [key.kid, key.projectId, key.sealed, key.createdAt, key.retiresAt])
      }),
  }
}

function toSigningKey(row: SigningKeyRow | null): SigningKey | null {
  if (row === null) return null
  return {
    kid: row.kid,
    projectId: row.project_id,
    sealed: row.sealed,
    createdAt: row.created_at,
    retiresAt: row.retires_at,
  }
}
