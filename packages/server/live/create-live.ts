import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Timers } from '@parlor/conversation/turn'
import type { EndingFanOut } from '@parlor/core/session'
import { closeCodes } from '@parlor/protocol'
import { replaceOlder } from './attach-visitor.ts'
import { catchUp } from './catch-up.ts'
import { closeConnection, markOver } from './connection.ts'
import { notify } from './expiry.ts'
import { createHeartbeat } from './heartbeat.ts'
import type { LivePorts } from './live-ports.ts'
import type { Connection, LiveContext, VisitorChannel } from './live-state.ts'
import { defaultTiming } from './live-timing.ts'
import { createRegistry } from './registry.ts'
import { abortReply } from './reply.ts'
import { createUpgrade, refuseUpgrade } from './upgrade.ts'

/** The live endpoint `WS /v1/rt`. */
export interface Live {
  /** For the `upgrade` event of a `node:http` server; answers other paths with 404. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Core's verbs that end sessions take this: it resolves when no connection of the session is served any more. */
  fanOut: EndingFanOut
  /** Refuses newcomers, tells everybody, closes with 1001 and waits for what is being stored. Unanswered questions are answered when their visitors come back. */
  drain(): Promise<void>
  counts(): LiveCounts
  /** Cuts every connection at once, without a word: this node may serve nothing any more. Their visitors connect again. */
  cutAll(): void
  /**
   * A visitor has connected to another node: the line here is closed as replaced, and what it was being told is left to that node.
   * To be called in the order in which all nodes hear of visitors. It may come late or never; then two lines show one log.
   */
  visitorLeft(visitorId: string): void
  /** What `LivePorts.visitorCame` was told has come back in that order: what is heard of the visitor from now on is newer. */
  visitorCameHere(visitorId: string): void
  /** Cuts everything at once and stops all timers. */
  close(): Promise<void>
}

export interface LiveCounts {
  sockets: number
  sessions: number
  visitors: number
  replies: number
}

/** Builds the endpoint. It listens to nothing by itself; timers run until `close`. */
export function createLive(ports: LivePorts): Live {
  const timing = { ...defaultTiming, ...ports.timing }
  const registry = createRegistry(timing.closeFrameMs)
  const heartbeat = createHeartbeat(timing)
  const fanOut = ports.fanOut ?? registry
  const context: LiveContext = { ports, timing, registry, heartbeat, timers: nodeTimers, fanOut, catchUp }
  const upgrade = createUpgrade(context)
  let isDraining = false

  const channels = (): VisitorChannel[] => [...registry.channels.values()]
  const allWork = () =>
    Promise.allSettled(channels().flatMap((channel) => [channel.inbox, channel.reply?.done, channel.log]))

  return {
    fanOut: registry,
    handleUpgrade(request, socket, head) {
      if (isDraining || ports.mayServe?.() === false)
        refuseUpgrade(socket, '503 Service Unavailable', 'This server is leaving. Connect again.')
      else upgrade(request, socket, head)
    },
    async drain() {
      isDraining = true
      const told = channels().map((channel) => notify(channel, { code: 'draining' }))
      // A client that does not read what it missed holds its notice up, and must not hold everybody up.
      await Promise.race([Promise.allSettled(told), pause(timing.destroyAfterMs)])
      for (const channel of channels()) abortReply(channel, 'left')
      for (const connection of registry.connections) closeConnection(connection, closeCodes.serverLeaving)
      await allWork()
    },
    counts: () => ({
      sockets: registry.connections.size,
      sessions: registry.sessions.size,
      visitors: channels().filter((channel) => channel.connection !== null).length,
      replies: channels().filter((channel) => channel.reply !== null).length,
    }),
    cutAll() {
      for (const channel of channels()) abortReply(channel, 'left')
      for (const connection of registry.connections) cut(connection)
    },
    visitorLeft(visitorId) {
      const channel = registry.channels.get(visitorId)
      if (channel !== undefined && channel.announcedUntil < performance.now()) giveUp(channel)
    },
    visitorCameHere(visitorId) {
      const channel = registry.channels.get(visitorId)
      if (channel !== undefined) channel.announcedUntil = 0
    },
    async close() {
      isDraining = true
      heartbeat.stop()
      for (const channel of channels()) abortReply(channel, 'left')
      for (const connection of registry.connections) cut(connection)
      for (const live of registry.sessions.values()) clearTimeout(live.expiryTimer)
      await allWork()
    },
  }
}

function cut(connection: Connection): void {
  markOver(connection, closeCodes.serverLeaving)
  connection.socket.terminate()
}

function giveUp(channel: VisitorChannel): void {
  abortReply(channel, 'left')
  if (channel.connection === null) return
  replaceOlder(channel)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    nodeTimers.after(ms, resolve)
  })
}

/** Node's own timers; a waiting reply does not keep the process alive. */
const nodeTimers: Timers = {
  after: (delayMs, work) => {
    const timer = setTimeout(work, delayMs)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
