import type { Clock } from '../time/index.ts'
import type { EndReason, Session } from './session.ts'
import type { SessionStore } from './session-store.ts'
import { end } from './state.ts'

/** What everybody has to know of a session that is over. */
export type EndedSession = Pick<Session, 'id' | 'reason'> & Partial<Pick<Session, 'kind'>>

/** Who must hear that a session is over before the ending call may return: every connection, on every node. */
export interface EndingFanOut {
  /** Resolves when nothing is served on the session any more. Called after the ending is durable. */
  sessionEnded(session: EndedSession): Promise<void>
}

export interface EndSessionPorts {
  sessions: SessionStore
  fanOut: EndingFanOut
  clock: Clock
}

/**
 * Ends a session for good, and returns when no connection of it is served any more. Ending again changes nothing,
 * but is carried to the connections again: a second call never returns before the first one's work is done.
 * `why` goes into the ledger: what happened, in words for the customer. Null when `isMine` refuses the session or there is none: the caller cannot tell the two apart.
 */
export async function endSession(
  ports: EndSessionPorts,
  id: string,
  reason: EndReason,
  isMine: (session: Session) => boolean = () => true,
  why?: string,
): Promise<Session | null> {
  const found = await ports.sessions.changeSession(id, (session) =>
    isMine(session) ? end(session, reason, ports.clock.now(), why) : null,
  )
  if (found === null || !isMine(found)) return null
  if (found.state === 'ended') await ports.fanOut.sessionEnded(found)
  return found
}

/** Writes down every expiry that has passed, earliest first, at most `limit`; returns how many there were. */
export async function expireSessions(ports: EndSessionPorts, limit = 500): Promise<number> {
  const ids = await ports.sessions.listOverdueSessions(ports.clock.now(), limit)
  await Promise.all(ids.map((id) => endSession(ports, id, 'expired')))
  return ids.length
}
