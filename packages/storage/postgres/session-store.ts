import { ParlorError } from '@parlor/core/errors'
import type { Session, SessionStore } from '@parlor/core/session'
import type { Clock } from '@parlor/core/time'
import type { Access } from './access.ts'
import { changeSessions, type Wish } from './change-sessions.ts'
import { checkLedger } from './check-ledger.ts'
import type { Lane } from './group-commit.ts'
import { type Insertion, insertSessions } from './insert-sessions.ts'
import { sessionLister } from './list-sessions.ts'
import { packId, withOddIds } from './pack-id.ts'
import {
  type LedgerRow,
  type SessionRow,
  toLedgerEntry,
  toSession,
  toVisitor,
  type VisitorRow,
} from './session-rows.ts'
import { sessionStatements } from './session-statements.ts'

/** Writes of one kind follow each other, so that what was asked first is done first. */
const inOrder = { atOnce: 1, most: 512, writes: true } as const

/** Sessions, visitors and the ledger in Postgres. `clock` tells which sessions a ceiling still counts. */
export function postgresSessionStore(access: Access, clock: Clock, share: number): SessionStore {
  const find = access.finder<SessionRow>(sessionStatements.find, ({ id }) => id)
  const findByJti = access.finder<SessionRow>(sessionStatements.findByJti, ({ jti }) => jti)
  const findVisitor = access.finder<VisitorRow>(sessionStatements.findVisitors, ({ id }) => id)
  const change = access.lane((wishes: Wish[]) => changeSessions(access, wishes), inOrder)
  const insert = access.lane((wanted: Insertion[]) => insertSessions(access, wanted, clock.now(), share), inOrder)
  const wishes = keepTrack(change)
  return {
    insertSession: async (session, entry, ceilings) => {
      checkLedger(0, session, [entry])
      const askedBefore = wishes.latest()
      try {
        await insert({ session, entry, ceilings })
      } catch (error) {
        if (askedBefore === null || !isReached(error)) throw error
        // One of them may have been an ending that makes room.
        await askedBefore
        await insert({ session, entry, ceilings })
      }
    },
    findSession: async (id) => mapped(await find(packId(id)), toSession),
    findSessionByJti: async (jti) => mapped(await findByJti(packId(jti)), toSession),
    changeSession: (id, decide) => wishes.push({ id, decide }),
    listOverdueSessions: async (now, limit) => {
      const rows = await access.ask<Pick<SessionRow, 'id' | 'odd'>>(sessionStatements.listOverdue, [
        now,
        Math.max(0, limit),
      ])
      return rows.map(({ id, odd }) => withOddIds({ id }, odd).id)
    },
    listSessions: sessionLister(access),
    listOpenRooms: async (now, limit) =>
      (await access.ask<SessionRow>(sessionStatements.listOpenRooms, [now, Math.max(0, limit)])).map(toSession),
    listLedger: async (sessionId) => {
      const rows = await access.ask<LedgerRow>(sessionStatements.listEvents, [packId(sessionId)])
      return rows.map((row) => toLedgerEntry(sessionId, row))
    },
    findVisitor: async (id) => mapped(await findVisitor(packId(id)), toVisitor),
  }
}

/** Wishes that are not settled yet. */
interface Track {
  push: Lane<Wish, Session | null>
  /** Settles with the last of those asked so far; null where all are settled. */
  latest(): Promise<unknown> | null
}

function keepTrack(lane: Lane<Wish, Session | null>): Track {
  let underWay = 0
  let last: Promise<unknown> = Promise.resolve()
  return {
    push: (wish) => {
      const done = lane(wish)
      underWay += 1
      const count = (): void => {
        underWay -= 1
      }
      last = done.then(count, count)
      return done
    },
    latest: () => (underWay > 0 ? last : null),
  }
}

function isReached(error: unknown): boolean {
  return error instanceof ParlorError && error.code === 'concurrency_reached'
}

function mapped<Row, T>(row: Row | null, map: (row: Row) => T): T | null {
  return row === null ? null : map(row)
}
