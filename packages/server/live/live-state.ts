import type { Duplex } from 'node:stream'
import type { Timers, Turn, VisitorPlace } from '@parlor/conversation/turn'
import type { EndingFanOut, Session } from '@parlor/core/session'
import type { ClientEvent, State } from '@parlor/protocol'
import type { WebSocket } from 'ws'
import type { LivePorts } from './live-ports.ts'
import type { LiveTiming } from './live-timing.ts'
import type { Pace } from './rate.ts'

/**
 * What an endpoint remembers. The records point at one another, so they stand in one file: a session has connections and
 * visitors' channels, a channel has at most one connection and one reply.
 */
export interface LiveContext {
  readonly ports: LivePorts
  readonly timing: LiveTiming
  readonly registry: Registry
  readonly heartbeat: Heartbeat
  readonly timers: Timers
  /** Tells a visitor what other nodes wrote to the log, and goes on from there. Call it in work on the log. */
  readonly catchUp: (channel: VisitorChannel) => Promise<void>
  /** Tells every connection, here and elsewhere, that a session is over. */
  readonly fanOut: EndingFanOut
}

/** One open socket: small, for there are thousands that do nothing. */
export interface Connection {
  readonly id: string
  readonly socket: WebSocket
  readonly stream: Duplex
  readonly context: LiveContext
  /** `over`: nothing read is acted on, and nothing is written any more. */
  phase: 'greeting' | 'admitting' | 'open' | 'over'
  /** What the upgrade request said of itself; forgotten once the connection is open. */
  request: { origins: string[]; address: string | undefined } | null
  /** Events that came before the answer to `hello`. */
  early: ClientEvent[] | null
  readonly pace: Pace
  /** Monotonic, milliseconds. */
  readonly openedAt: number
  readonly slot: number
  unansweredPings: number
  /** Since when the client has not read what we wrote; 0 while it reads. Monotonic. */
  stalledSince: number
  live: LiveSession | null
  channel: VisitorChannel | null
  closedWith: number
}

/** A session somebody is connected to, on this node. */
export interface LiveSession {
  readonly id: string
  /** The row as it was last read; null until somebody was admitted. */
  session: Session | null
  readonly connections: Set<Connection>
  readonly channels: Set<VisitorChannel>
  expiryTimer: NodeJS.Timeout | undefined
  isEnded: boolean
  /** The work of ending it, so that a second ending waits for the first. */
  ending: Promise<void>
}

/** One visitor's line to us: outlives a lost connection as long as something is being done for the visitor. */
export interface VisitorChannel {
  readonly context: LiveContext
  readonly live: LiveSession
  readonly place: VisitorPlace
  /** BCP 47, as the last `hello` said. */
  locale: string | null
  /** The newest connection, once it has been told everything older; null while there is none. */
  connection: Connection | null
  reply: Reply | null
  /** Since when there is no connection. Monotonic. */
  detachedAt: number
  /** The number of the last event that was told. Where the log stands further, another node wrote to it. */
  lastSeq: number
  prunedTo: number
  /** Until when news of other nodes are older than ours: they have not heard yet that the visitor came here. Monotonic; 0 when they have. */
  announcedUntil: number
  /** Works on the log and incoming messages, each in order. */
  log: Promise<unknown>
  inbox: Promise<unknown>
  /** Why it must not be forgotten yet: its connection, its reply, its works. */
  holds: number
}

/** An answer on its way. One controller stops all that makes it. */
export interface Reply {
  readonly turn: Turn
  readonly controller: AbortController
  /** Somebody stopped it: nothing more of it is handed over. */
  isCut: boolean
  text: string
  /** How much of the text was handed over: sent, or kept for a visitor who is away. */
  handedOver: number
  /** Number of the next delta. */
  nextDelta: number
  /** Monotonic. */
  flushedAt: number
  callOff: (() => void) | null
  state: State['agent']
  done: Promise<void>
}

export interface Registry extends EndingFanOut {
  readonly sessions: ReadonlyMap<string, LiveSession>
  readonly connections: ReadonlySet<Connection>
  /** All visitors' channels, by the visitor's id. */
  readonly channels: Map<string, VisitorChannel>
  add(connection: Connection): void
  /** From here on an ending of the session reaches the connection. */
  join(connection: Connection, sessionId: string): LiveSession
  remove(connection: Connection): void
  /** Forgets a session nobody is connected to and nothing is done for. */
  tidy(live: LiveSession): void
}

/** Looks after all sockets with one timer: silent greeters, dead peers, readers that do not read, replies nobody waits for. */
export interface Heartbeat {
  readonly slots: number
  /** Waits for the connection's `hello`, and pings it from now on. */
  watch(connection: Connection): void
  greeted(connection: Connection): void
  stalled(connection: Connection): void
  forget(connection: Connection): void
  /** A reply runs for a visitor without a connection. */
  detached(channel: VisitorChannel): void
  settled(channel: VisitorChannel): void
  stop(): void
}
