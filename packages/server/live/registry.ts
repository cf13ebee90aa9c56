import { closeForEnding } from './end-connections.ts'
import type { Connection, LiveSession, Registry, VisitorChannel } from './live-state.ts'

/** All connections of this node, by session. */
export function createRegistry(closeFrameMs: number): Registry {
  const sessions = new Map<string, LiveSession>()
  const connections = new Set<Connection>()
  const channels = new Map<string, VisitorChannel>()

  function tidy(live: LiveSession): void {
    if (live.connections.size > 0 || live.channels.size > 0) return
    clearTimeout(live.expiryTimer)
    live.expiryTimer = undefined
    if (sessions.get(live.id) === live) sessions.delete(live.id)
  }
  return {
    sessions,
    connections,
    channels,
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
    channels: new Set(),
    expiryTimer: undefined,
    isEnded: false,
    ending: Promise.resolve(),
  }
}
