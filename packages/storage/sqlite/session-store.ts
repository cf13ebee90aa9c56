import { ParlorError } from '@parlor/core/errors'
import {
  type Change,
  ceilingReached,
  type LedgerEntry,
  type Session,
  type SessionCeilings,
  type SessionStore,
} from '@parlor/core/session'
import type { Clock } from '@parlor/core/time'
import type { Access } from './access.ts'
import type { UsageSums } from './agent-usage.ts'
import { sessionLister } from './list-sessions.ts'
import { openCeiling } from './open-ceiling.ts'
import { packId, unpackId } from './pack-id.ts'
import {
  type LedgerRow,
  packOrNull,
  type SessionRow,
  sessionValues,
  toLedgerEntry,
  toSession,
  toVisitor,
  type VisitorRow,
} from './session-rows.ts'
import { type SessionStatements, sessionStatements } from './session-statements.ts'

/** Sessions, visitors and the ledger in SQLite. `clock` tells which sessions a ceiling still counts. */
export function sqliteSessionStore(
  { db, read, write, writeChecked, undone }: Access,
  clock: Clock,
  usage: UsageSums,
): SessionStore {
  const statements = sessionStatements(db)
  const list = sessionLister(db)
  const ofAccounts = openCeiling(undone)
  const ofKeys = openCeiling(undone)
  const refuseOver = ({ accountId, keyId }: Session, { account, key }: SessionCeilings): void => {
    const countAccount = (most: number) => Number(statements.countOpen.get(packId(accountId), clock.now(), most)?.open)
    if (account !== null && ofAccounts.isReached(accountId, account, countAccount)) {
      throw ceilingReached('account', account)
    }
    if (key === null || keyId === null) return
    const countKey = (most: number) =>
      Number(statements.countOpenOfKey.get(packId(accountId), clock.now(), packId(keyId), most)?.open)
    if (ofKeys.isReached(keyId, key, countKey)) throw ceilingReached('key', key)
  }
  return {
    insertSession: (session, entry, ceilings) => {
      const { accountId, keyId, createdAt } = session
      // An agent's first session in a project makes the row of its sums before it may find that its id is taken.
      const insert = usage.knows(session) ? writeChecked : write
      return insert(() => {
        checkLedger(0, session, [entry])
        if (ceilings !== null) refuseOver(session, ceilings)
        const agent = usage.rowOf(session)
        const { lastInsertRowid } = statements.insert.run(...sessionValues(session), agent)
        appendLedger(statements, Number(lastInsertRowid), [entry])
        ofAccounts.inserted(accountId)
        if (keyId !== null) ofKeys.inserted(keyId)
        usage.add(agent, { sessions: 1, messages: 0, at: createdAt })
      })
    },
    findSession: (id) => read(() => sessionOrNull(statements.find.get(packId(id)))),
    findSessionByJti: (jti) => read(() => sessionOrNull(statements.findByJti.get(packId(jti)))),
    changeSession: (id, decide) =>
      writeChecked(() => {
        const row = statements.find.get(packId(id)) as SessionRow | undefined
        if (row === undefined) return null
        const session = toSession(row)
        const change = decide({ ...session })
        return change === null ? session : storeChange(statements, row.position, session, change)
      }),
    listOverdueSessions: (now, limit) =>
      read(() => statements.listOverdue.all(now, Math.max(0, limit)).map((row) => unpackId(row.id as string))),
    listSessions: (filter, page) => read(() => list(filter, page)),
    listOpenRooms: (now, limit) =>
      read(() =>
        statements.listOpenRooms.all(now, Math.max(0, limit)).map((row) => toSession(row as unknown as SessionRow)),
      ),
    listLedger: (sessionId) =>
      read(() =>
        statements.listEvents
          .all(packId(sessionId))
          .map((row) => toLedgerEntry(sessionId, row as unknown as LedgerRow)),
      ),
    findVisitor: (id) =>
      read(() => {
        const row = statements.findVisitor.get(packId(id))
        return row === undefined ? null : toVisitor(row as unknown as VisitorRow)
      }),
  }
}

function sessionOrNull(row: unknown): Session | null {
  return row === undefined ? null : toSession(row as SessionRow)
}

/**
 * Only what may change in a session's life is taken from the change; the rest of the row stays as it was made. What can be
 * wrong with it is found before the first statement, as `writeChecked` asks.
 */
function storeChange(statements: SessionStatements, position: number, before: Session, change: Change): Session {
  const { state, reason, expiresAt, liveAt, endedAt, boundVisitorId, entries } = change.session
  const session: Session = { ...before, state, reason, expiresAt, liveAt, endedAt, boundVisitorId, entries }
  const { visitor } = change
  checkLedger(before.entries, session, change.entries)
  if (visitor !== undefined && statements.findVisitor.get(packId(visitor.id)) !== undefined) {
    throw new ParlorError('conflict')
  }
  const bound = packOrNull(boundVisitorId)
  statements.update.run(state, reason, expiresAt, liveAt, endedAt, bound, entries, position)
  appendLedger(statements, position, change.entries)
  if (visitor !== undefined) {
    statements.insertVisitor.run(packId(visitor.id), position, visitor.resumeDigest, visitor.createdAt)
  }
  return session
}

/** Throws where the entries would leave a gap: a ledger that does not add up must never be written. */
function checkLedger(before: number, session: Session, entries: readonly LedgerEntry[]): void {
  const whole = entries.every((entry, index) => entry.number === before + index + 1)
  if (!whole || session.entries !== before + entries.length) {
    throw new Error(`The ledger of session ${session.id} would have a gap after entry ${before}.`)
  }
}

function appendLedger(statements: SessionStatements, position: number, entries: readonly LedgerEntry[]): void {
  for (const { number, at, type, facts } of entries) {
    statements.insertEvent.run(position, number, at, type, JSON.stringify(facts))
  }
}
