import type { Session } from '../session/index.ts'

/** A media server of the customer's own, and the token the avatar joins with. */
export interface GivenHost {
  serverUrl: string
  accessToken: string
}

/** Where rooms are asked for. */
export interface RoomDesk {
  /** Where browsers join Parlor's own media server; null where none is configured. */
  readonly serverUrl: string | null
  /**
   * Whether a session may be made now; asked before anything is written. Gives the host as a session keeps it, its token sealed.
   * @throws ParlorError `unavailable` (no media server is configured: the message says what to set), `concurrency_reached` (as
   * many rooms as this node may have), `validation_failed` (a host that is none, points inward, or a token that opens no room).
   */
  prepare(host: GivenHost | null): Promise<{ serverUrl: string; sealedToken: string } | null>
  /**
   * Opens the room of a session that was just written and sends the avatar in; resolves once whoever has a token can join.
   * Where that fails the session is ended as failed, with the reason, before it throws.
   * @throws ParlorError `unavailable`, `concurrency_reached` (others were faster).
   */
  open(session: Session): Promise<void>
  /** Tokens for those the session's terms name, as long-lived as the session; none for a host of the customer's own. */
  grant(session: Session): Promise<{ consumer: string | null; remoteAgent: string | null }>
}
