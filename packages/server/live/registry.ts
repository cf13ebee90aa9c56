import type { EndingFanOut, Session } from '@parlor/core/session'
import type { Connection } from './connection.ts'
import { closeForEnding } from './end-connections.ts'
import type { VisitorChannel } from './visitor-channel.ts'

/** A session somebody is connected to, on this node. */
export interface LiveSession {
  readonly id: string
  /** The row as it was last read; null until somebody was admitted. */
  session: Session | null
  readonly connections: Set<Connection>
  readonly channels: Map<string, VisitorChannel>
  expiryTimer: NodeJS.Timeout | undefined
  isEnded: boolean
  /** The work of ending it, so that a second ending waits for the first. */
  ending: Promise<void>
}

export interface Registry extends EndingFanOut {
  readonly sessions: ReadonlyMap<string, LiveSession>
  readonly connections: ReadonlySet<Connection>
  add(connection: Connection): void
  /** From here on an ending of the session reaches the connection. */
  join(connection: Connection, sessionId: string): LiveSession
  remove(connection: Connection): void
  /** Forgets a session nobody is connected to and nothing is done for. */
  tidy(live: LiveSession): void
}

/** All connections of this node, by session. */
export function createRegistry(closeFrameMs: number): Registry {
  const sessions = new Map<string, LiveSession>()
  const connections = new Set<Connection>()

  function tidy(live: LiveSession): void {
    if (live.connections.size > 0 || live.channels.size > 0) return
    clearTimeout(live.expiryTimer)
    live.expiryTimer = undefined
    if (sessions.get(live.id) === live) sessions.delete(live.id)
  }
  return {
    sessions,
    connections,
    tidy,
    add: (connection) => void connections.add(connection),
    join(connection, sessionId) {
      const live = sessions.get(sessionId) ?? newLiveSession(sessionId)
      sessions.set(sessionId, live)
      live.connections.add(connection)
      connection.live = live
      return live
    },
    remove(connection) {
      connections.delete(connection)
      const { live } = connection
      if (live === null) return
      live.connections.delete(connection)
      tidy(live)
    },
    async sessionEnded(session) {
      const live = sessions.get(session.id)
      if (live === undefined) return
      live.isEnded = true
      const mine = closeForEnding(live, session, closeFrameMs)
      live.ending = Promise.all([live.ending, mine]).then(() => {})
      await live.ending
    },
  }
}

function newLiveSession(id: string): LiveSession {
  return {
    id,
    session: null,
    connections: new Set(),
    channels: new Map(),
    expiryTimer: undefined,
    isEnded: false,
    ending: Promise.resolve(),
  }
}
