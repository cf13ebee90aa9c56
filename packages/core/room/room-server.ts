import type { RoomGuest } from '../session/index.ts'

/**
 * What somebody may do in a room. A `consumer` hears, sees, speaks and sends data; an `agent` does the same without counting as a
 * person; an `avatar` also lends its face and voice to the agent it speaks for.
 */
export type RoomPart = 'consumer' | 'agent' | 'avatar'

export interface RoomWish {
  room: string
  /** Seconds after which the server drops a room nobody joined, and one everybody left. */
  emptySeconds: number
  leftSeconds: number
  mostPeople: number
}

export interface OpenRoom {
  name: string
  /** Milliseconds since 1970. */
  createdAt: number
}

export interface GrantWish extends RoomGuest {
  room: string
  part: RoomPart
  /** When the grant ends: milliseconds since 1970. */
  expiresAt: number
  /** Whose voice the avatar lends itself to. */
  onBehalfOf?: string
}

/** What a media server says of its rooms: a hint that may be late, twice or missing. */
export type RoomHint = { type: 'joined' | 'left'; room: string; identity: string } | { type: 'finished'; room: string }

/** The media server Parlor has a key of. Rooms are Parlor's to make and to remove; nobody joins one that is not there. */
export interface RoomServer {
  /** Where a browser joins. */
  readonly url: string
  /** @throws ParlorError `unavailable` when the server cannot be reached or refuses. */
  create(wish: RoomWish): Promise<void>
  /** Puts everybody out, and tells whether there was such a room; none is no fault. @throws ParlorError `unavailable`. */
  remove(room: string): Promise<boolean>
  /** Every room of the server. @throws ParlorError `unavailable`. */
  list(): Promise<OpenRoom[]>
  /** Identities in a room; empty for one that is gone. @throws ParlorError `unavailable`. */
  listPeople(room: string): Promise<string[]>
  /** A token for one person in one room, with no right beyond the part. Nothing is asked of the server. */
  grant(wish: GrantWish): Promise<string>
  /** Whether anybody with a token may open a room by joining it: then removing one keeps nobody out. @throws ParlorError `unavailable`. */
  opensRoomsByItself(): Promise<boolean>
  /** A message of the server, once its signature is checked; null for one that means nothing here. @throws ParlorError `invalid_key`. */
  readHint(body: string, authorization: string | undefined): Promise<RoomHint | null>
}
