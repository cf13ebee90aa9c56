import { closeCodes } from '@parlor/protocol'
import { closeConnection, isStalled, refuse } from './connection.ts'
import type { Connection, Heartbeat, VisitorChannel } from './live-state.ts'
import type { LiveTiming } from './live-timing.ts'
import { abortReply } from './reply.ts'

/** Pings without an answer before a peer counts as dead. */
const missesAllowed = 2

export function createHeartbeat(timing: LiveTiming): Heartbeat {
  const slots = Math.max(1, Math.round(timing.pingEveryMs / timing.tickMs))
  const bySlot = Array.from({ length: slots }, () => new Set<Connection>())
  const greeting = new Set<Connection>()
  const stalled = new Set<Connection>()
  const detached = new Set<VisitorChannel>()
  let turn = 0

  function tick(): void {
    const now = performance.now()
    turn = (turn + 1) % slots
    for (const connection of bySlot[turn] ?? []) pingOrDrop(connection)
    // In the order they came: the first one in time ends the search.
    for (const connection of greeting) {
      if (now - connection.openedAt < timing.helloTimeoutMs) break
      closeUngreeted(connection)
    }
    for (const connection of stalled) {
      if (!isStalled(connection)) {
        connection.stalledSince = 0
        stalled.delete(connection)
      } else if (now - connection.stalledSince > timing.stalledMs) closeConnection(connection, closeCodes.tryLater)
    }
    for (const channel of detached) {
      if (now - channel.detachedAt > timing.detachedReplyMs) abortReply(channel, 'interrupted')
    }
  }
  const timer = setInterval(tick, timing.tickMs)
  timer.unref()

  return {
    slots,
    watch(connection) {
      greeting.add(connection)
      bySlot[connection.slot % slots]?.add(connection)
    },
    greeted: (connection) => void greeting.delete(connection),
    stalled(connection) {
      if (connection.stalledSince !== 0) return
      connection.stalledSince = performance.now()
      stalled.add(connection)
    },
    forget(connection) {
      greeting.delete(connection)
      stalled.delete(connection)
      bySlot[connection.slot % slots]?.delete(connection)
    },
    detached: (channel) => void detached.add(channel),
    settled: (channel) => void detached.delete(channel),
    stop: () => clearInterval(timer),
  }
}

function pingOrDrop(connection: Connection): void {
  if (connection.unansweredPings >= missesAllowed) {
    connection.socket.terminate()
    return
  }
  connection.unansweredPings += 1
  connection.socket.ping()
}

function closeUngreeted(connection: Connection): void {
  const message = 'No hello came in time. Send it as the first frame.'
  refuse(connection, { code: 'invalid_request', message, retryable: true })
  closeConnection(connection, closeCodes.timeout)
}
