import { roomNameOf, sessionOfRoom } from '@parlor/core/room'
import { endSession, isOver } from '@parlor/core/session'
import { whyRoomless } from './judge-loss.ts'
import { removeRoom } from './remove-room.ts'
import { hasRoom, type RoomSession, type RoomsPorts } from './rooms-ports.ts'
import type { RoomsTiming } from './rooms-timing.ts'

export interface LookoutContext {
  ports: RoomsPorts
  timing: RoomsTiming
  /** Whether this node keeps an avatar in the session's room. */
  isHosted(id: string): boolean
  hasSpace(): boolean
  /** Sessions that ended a moment ago, whose rooms somebody may just be bringing back. */
  endedLately(): string[]
  takeOver(session: RoomSession): void
  /** Somebody is in the room of a session this node keeps an avatar in. */
  notice(id: string, identity: string): void
}

/** Who keeps which seat, and who of them is there. */
interface Keepers {
  seats: ReadonlyMap<string, string>
  live: ReadonlySet<string>
}

/** Finds rooms and sessions that lost each other. */
export interface Lookout {
  /** Looks once, and tells whether it left something for the next look. @throws whatever the media server or the store throws. */
  look(): Promise<boolean>
}

/** Sessions that are looked after at once; the rooms of more are known one by one. */
const mostSessions = 1000
/** Joining is work: not all that were left behind are joined in one moment. */
const mostTaken = 5
/** How long a room that is removed once more may hold up a look; there is a next one. */
const onceMoreMs = 500

export function createLookout(context: LookoutContext): Lookout {
  const { ports, timing } = context
  const { server } = ports
  const missing = missedSince()

  async function lookAfter(open: readonly RoomSession[], rooms: ReadonlySet<string> | null): Promise<boolean> {
    if (open.length === 0) return false
    const keepers = await findKeepers(open)
    let taken = 0
    for (const session of open) {
      if (!ports.mayServe()) return false
      if (await isRoomless(session, rooms)) continue
      missing.delete(session.id)
      if (context.isHosted(session.id)) {
        if (session.boundVisitorId === null) await noticePeople(session)
      } else if (context.hasSpace() && (await isWaiting(session, keepers))) {
        if (taken === mostTaken) return true
        if (await takeSeat(session.id, keepers)) {
          taken += 1
          context.takeOver(session)
        }
      }
    }
    return false
  }

  async function findKeepers(open: readonly RoomSession[]): Promise<Keepers> {
    const seats = await ports.seats.findSeats(open.map(({ id }) => id))
    // Only now: whoever took one of these seats is among them, however new.
    return { seats, live: await ports.liveNodes() }
  }

  /** Of many nodes that find the same, one gets it. */
  async function takeSeat(id: string, { seats }: Keepers): Promise<boolean> {
    return ports.mayServe() && (await ports.seats.takeSeat(id, ports.nodeId, seats.get(id) ?? null)) && ports.mayServe()
  }

  /** LiveKit tells of somebody who shows nothing up to three seconds late, which is long to wait for a greeting. */
  async function noticePeople({ id, settings }: RoomSession): Promise<void> {
    if (server === null || settings.room.host !== null) return
    for (const identity of await server.listPeople(roomNameOf(id))) context.notice(id, identity)
  }

  /** Whether the session's room is not there; one that stays away ends it. */
  async function isRoomless(session: RoomSession, rooms: ReadonlySet<string> | null): Promise<boolean> {
    const { id, createdAt, settings, boundVisitorId } = session
    if (rooms === null || settings.room.host !== null || rooms.has(roomNameOf(id))) return false
    const ageMs = ports.clock.now() - createdAt
    if (ageMs < timing.roomlessMs || !missing.isFor(id, timing.absentMs)) return true
    const hasMet = boundVisitorId !== null
    // An avatar that is there is told when its room closes; where it was not, the room was lost.
    const isLost = context.isHosted(id) || (!hasMet && ageMs < timing.emptySeconds * 1000)
    const { reason, why } = isLost
      ? { reason: 'failed' as const, why: 'the media server lost the room' }
      : whyRoomless(hasMet)
    await endSession(ports, id, reason, undefined, why)
    return true
  }

  /** Whether nobody keeps the session's avatar in its room. */
  async function isWaiting({ id, settings }: RoomSession, { seats, live }: Keepers): Promise<boolean> {
    const { host, avatarIdentity } = settings.room
    const keeper = seats.get(id)
    // What the media server says of an avatar whose node is gone is half a minute old.
    if (keeper !== undefined) return keeper === ports.nodeId || !live.has(keeper)
    if (host !== null || server === null) return host !== null
    // A seat is free where its avatar was put out by somebody with the same identity, who may still be there.
    return !(await server.listPeople(roomNameOf(id))).includes(avatarIdentity)
  }

  return {
    async look() {
      const rooms = server && (await server.list()).map(({ name }) => name)
      const open = (await ports.sessions.listOpenRooms(ports.clock.now(), mostSessions)).filter(hasRoom)
      const ids = new Set(open.map(({ id }) => id))
      for (const room of rooms ?? []) await removeStray(context, room, ids)
      await removeOnceMore(context)
      const isMore = await lookAfter(open, rooms && new Set(rooms))
      missing.keep(ids)
      return isMore
    },
  }
}

/** Removes a room of ours whose session is over. */
async function removeStray({ ports, timing }: LookoutContext, room: string, open: ReadonlySet<string>): Promise<void> {
  const id = sessionOfRoom(room)
  if (id === null || open.has(id)) return
  const session = await ports.sessions.findSession(id)
  if ((session !== null && !isOver(session, ports.clock.now())) || !ports.mayServe()) return
  if (ports.server !== null && !(await removeRoom(ports.server, id, timing.removeMs))) {
    throw new Error('a room without an open session could not be removed')
  }
  ports.logger.info({ session: id }, 'a room without an open session was removed')
}

/** A room that came back while it was removed may have people in it and be on no list: who removes it finds them. */
async function removeOnceMore({ ports, endedLately }: LookoutContext): Promise<void> {
  if (ports.server === null) return
  for (const id of endedLately()) {
    if (!ports.mayServe()) return
    await removeRoom(ports.server, id, onceMoreMs, true)
  }
}

/** Remembers since when something is missed. */
function missedSince() {
  const since = new Map<string, number>()
  return {
    /** Whether it was first missed at least so long ago; the first time is written down. */
    isFor(id: string, ms: number): boolean {
      const now = performance.now()
      const first = since.get(id) ?? now
      since.set(id, first)
      return now - first >= ms
    },
    delete: (id: string) => void since.delete(id),
    keep(ids: ReadonlySet<string>): void {
      for (const id of since.keys()) if (!ids.has(id)) since.delete(id)
    },
  }
}
