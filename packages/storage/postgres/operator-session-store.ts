import type { OperatorSession, OperatorSessionStore } from '@parlor/core/account'
import type { Access } from './access.ts'
import type { OperatorSessionRow } from './tables.ts'

/** Operator sessions in Postgres. */
export function postgresOperatorSessionStore({ sql, first, run }: Access): OperatorSessionStore {
  return {
    insertOperatorSession: async (session) =>
      void (await run(sql.insertInto('operator_sessions').values(toRow(session)))),
    findOperatorSessionByDigest: async (digest) => {
      const row = await first(sql.selectFrom('operator_sessions').selectAll().where('digest', '=', digest))
      return row === null ? null : fromRow(row)
    },
    revokeOperatorSession: async (id, at) => {
      const update = sql
        .updateTable('operator_sessions')
        // Revoked once: the first time stays.
        .set((row) => ({ revoked_at: row.fn.coalesce('revoked_at', row.val(at)) }))
        .where('id', '=', id)
      return (await run(update)) > 0
    },
  }
}

function toRow(session: OperatorSession): OperatorSessionRow {
  return {
    id: session.id,
    account_id: session.accountId,
    key_id: session.keyId,
    digest: session.digest,
    created_at: session.createdAt,
    expires_at: session.expiresAt,
    revoked_at: session.revokedAt,
  }
}

function fromRow(row: OperatorSessionRow): OperatorSession {
  return {
    id: row.id,
    accountId: row.account_id,
    keyId: row.key_id,
    digest: row.digest,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  }
}
