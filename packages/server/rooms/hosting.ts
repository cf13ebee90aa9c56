import type { RoomSeat, RoomTalk } from '@parlor/conversation/room'
import type { LossKind } from './judge-loss.ts'
import type { Presence } from './presence.ts'
import type { RoomSession, RoomsPorts } from './rooms-ports.ts'
import type { RoomsTiming } from './rooms-timing.ts'

/** One stay of the avatar in its room. */
export interface Sitting {
  seat: RoomSeat
  talk: RoomTalk
  /** Resolves when the connection is over and does not come back by itself. */
  lost: Promise<LossKind>
  /**
   * Hushes at once and stays where it is, so that nobody sees the avatar go, until the one of another node takes its place or `ms`
   * milliseconds are over. `free` is called when the talk has let go of everything. Tells whether it was replaced.
   */
  handOver(ms: number, free: () => Promise<void>): Promise<boolean>
  /** Hushes at once, and leaves; what `left` open is for whoever sits there next. */
  leave(why: 'ended' | 'left'): Promise<void>
}

/** An avatar this node keeps in a session's room. */
export interface Hosting {
  readonly session: RoomSession
  /** Somebody is said to be there, which the room itself may tell seconds later. */
  notice(identity: string): void
  /** Hushes the avatar and takes it out. Nothing is served once this has returned its promise; that resolves when it has left. */
  stop(why: 'ended' | 'left'): Promise<void>
  /** Takes the avatar out for good on this node: another node goes on once `free` has given the seat away; or people are told. */
  depart(free: (() => Promise<void>) | null): Promise<void>
}

export interface HostingContext {
  ports: RoomsPorts
  timing: RoomsTiming
  /** The hosting is over, whatever the reason; the session may be open still. */
  over(hosting: Hosting): void
}

export interface Host extends Hosting {
  context: HostingContext
  controller: AbortController
  presence: Presence
  sitting: Sitting | null
  /** Whose transcript is written; null until somebody came. */
  visitorId: string | null
}
