import { ParlorError } from '@parlor/core/errors'
import type { Change, LedgerEntry, Session, Visitor } from '@parlor/core/session'
import type { Access, Value } from './access.ts'
import { checkLedger } from './check-ledger.ts'
import type { Outcome } from './group-commit.ts'
import { oddIds, packId, packOrNull } from './pack-id.ts'
import { oddIdsOf, type SessionRow, toSession } from './session-rows.ts'
import { sessionStatements } from './session-statements.ts'

/** A wish to change a session. */
export interface Wish {
  id: string
  decide: (session: Session) => Change | null
}

/** What a group of wishes comes to: how each session stands, and what is to be added. */
interface Decided {
  changed: Map<string, Session>
  entries: LedgerEntry[]
  visitors: Visitor[]
}

/**
 * Decides on the rows under their locks and writes in the same transaction. Wishes for one session are decided in order, each on
 * what the one before it made.
 */
export function changeSessions({ transact }: Access, wishes: readonly Wish[]): Promise<Outcome<Session | null>[]> {
  const ids = [...new Set(wishes.map(({ id }) => packId(id)))]
  return transact(async ({ ask, send }) => {
    const rows = await ask<SessionRow>(sessionStatements.lock, [ids])
    const sessions = new Map(rows.map((row) => [row.id, toSession(row)]))
    const decided: Decided = { changed: new Map(), entries: [], visitors: [] }
    const outcomes = wishes.map((wish) => grant(wish, sessions, decided))
    if (decided.changed.size > 0) send(sessionStatements.change, valuesOf(decided))
    return outcomes
  })
}

function grant({ id, decide }: Wish, sessions: Map<string, Session>, decided: Decided): Outcome<Session | null> {
  const key = packId(id)
  const before = sessions.get(key)
  if (before === undefined) return { value: null }
  try {
    const change = decide({ ...before })
    if (change === null) return { value: { ...before } }
    const after = afterChange(before, change)
    checkLedger(before.entries, after, change.entries)
    sessions.set(key, after)
    decided.changed.set(key, after)
    decided.entries.push(...change.entries)
    if (change.visitor !== undefined) decided.visitors.push(change.visitor)
    return { value: { ...after } }
  } catch (error) {
    return { error }
  }
}

/**
 * Only what may change in a session's life is taken from the change; the rest of the row stays as it was made. A trigger holds the
 * end for good too, but it sees only where a whole group of changes leads.
 */
function afterChange(before: Session, { session }: Change): Session {
  const { state, reason, expiresAt, liveAt, endedAt, boundVisitorId, entries } = session
  const isRevived = state !== before.state || reason !== before.reason || endedAt !== before.endedAt
  if (before.state === 'ended' && isRevived) {
    throw new ParlorError('conflict', { cause: new Error(`Session ${before.id} stays as it ended.`) })
  }
  return { ...before, state, reason, expiresAt, liveAt, endedAt, boundVisitorId, entries }
}

function valuesOf({ changed, entries, visitors }: Decided): Value[] {
  const sessions = [...changed]
  const each = <T>(pick: (session: Session) => T): T[] => sessions.map(([, session]) => pick(session))
  return [
    sessions.map(([id]) => id),
    each((session) => session.state),
    each((session) => session.reason),
    each((session) => session.expiresAt),
    each((session) => session.liveAt),
    each((session) => session.endedAt),
    each((session) => packOrNull(session.boundVisitorId)),
    each((session) => session.entries),
    each(oddIdsOf),
    visitors.map(({ id }) => packId(id)),
    visitors.map(({ sessionId }) => packId(sessionId)),
    visitors.map(({ resumeDigest }) => resumeDigest),
    visitors.map(({ createdAt }) => createdAt),
    visitors.map(({ id, sessionId }) => oddIds({ id, sessionId })),
    entries.map(({ sessionId }) => packId(sessionId)),
    entries.map(({ number }) => number),
    entries.map(({ at }) => at),
    entries.map(({ type }) => type),
    entries.map(({ facts }) => JSON.stringify(facts)),
  ]
}
