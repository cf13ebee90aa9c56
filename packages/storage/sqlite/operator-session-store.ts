import type { OperatorSession, OperatorSessionStore } from '@parlor/core/account'
import type { Access } from './access.ts'
import type { OperatorSessionRow } from './tables.ts'

/** Operator sessions in SQLite. */
export function sqliteOperatorSessionStore({ sql, read, write, first, run }: Access): OperatorSessionStore {
  return {
    insertOperatorSession: (session) =>
      write(() => void run(sql.insertInto('operator_sessions').values(toRow(session)))),
    findOperatorSessionByDigest: (digest) =>
      read(() => {
        const row = first(sql.selectFrom('operator_sessions').selectAll().where('digest', '=', digest))
        return row === null ? null : fromRow(row)
      }),
    revokeOperatorSession: (id, at) => {
      const update = sql
        .updateTable('operator_sessions')
        // Revoked once: the first time stays.
        .set((row) => ({ revoked_at: row.fn.coalesce('revoked_at', row.val(at)) }))
        .where('id', '=', id)
      return write(() => run(update) > 0)
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
