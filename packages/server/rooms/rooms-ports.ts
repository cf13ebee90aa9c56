import type { RoomDoor, RoomTalk } from '@parlor/conversation/room'
import type { RoomServer, SeatStore } from '@parlor/core/room'
import type { EndingFanOut, RoomTerms, Session, SessionStore } from '@parlor/core/session'
import type { Clock } from '@parlor/core/time'
import type { Seal } from '@parlor/core/token'
import type { RoomsTiming } from './rooms-timing.ts'

/** All that rooms need of the rest of the house. */
export interface RoomsPorts {
  sessions: SessionStore
  seats: SeatStore
  /** This node, as its seats are written down; of no process before. */
  nodeId: string
  /** Looks which nodes may be serving now, this one included; others take over what the rest kept. */
  liveNodes(): Promise<ReadonlySet<string>>
  clock: Clock
  /** Closes the tokens of customers' media servers. */
  seal: Seal
  /** Parlor's own media server; null where none is configured. */
  server: RoomServer | null
  /** Loaded when the first avatar joins: it takes megabytes. */
  door(): Promise<RoomDoor>
  /** The talk of one session for one sitting of its avatar. */
  openTalk(session: RoomSession, hooks: TalkHooks): Promise<RoomTalk>
  /**
   * Whether Parlor may connect to where a customer's media server is said to be. @throws ParlorError `validation_failed` at
   * `field` for what is not on the open internet and was not allowed.
   */
  checkAddress(url: URL, field: readonly string[]): Promise<void>
  /** Whether media servers without TLS are taken: where Parlor itself is served over http, or where the operator named the place. */
  mayBePlain(url: URL): boolean
  /** Every connection of a session on every node, and its room. */
  fanOut: EndingFanOut
  /** Whether this node may serve anything now; asked before each use of a seat. */
  mayServe(): boolean
  /** How many nodes share the store, this one included. */
  nodes(): number
  /** Tells the other nodes that this one gave seats away. */
  seatsFreed(): void
  /** Avatars in rooms at once on this node. */
  mostRooms: number
  logger: RoomsLogger
  /** Overrides, for tests. */
  timing?: Partial<RoomsTiming>
}

export interface TalkHooks {
  /** Whether anything may still be read from or written to the room. */
  mayUse(): boolean
  /** The session has had all it may have. */
  limitReached(): void
}

/** A message is static; values go into the fields. Never a token, never what a person said. */
export interface RoomsLogger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** An avatar session with its terms at hand. */
export type RoomSession = Session & { settings: { room: RoomTerms } }

export function hasRoom(session: Session): session is RoomSession {
  return session.settings.room !== undefined
}
