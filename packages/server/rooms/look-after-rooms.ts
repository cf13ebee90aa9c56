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
  takeOver(session: RoomSession): void
  /** Somebody is in the room of a session this node keeps an avatar in. */
  notice(id: string, identity: string): void
}

/** Finds rooms and sessions that lost each other. */
export interface Lookout {
  /** Looks once. @throws whatever the media server or the store throws. */
  look(): Promise<void>
  /** These avatars were taken out here, and this node sends them in again when it may. */
  forget(sessions: readonly RoomSession[]): void
}

/** Sessions that are looked after at once; the rooms of more are known one by one. */
const mostSessions = 1000
/** Joining is work: not all that were left behind are joined in one moment. */
const mostTaken = 5

export function createLookout(context: LookoutContext): Lookout {
  const { ports, timing } = context
  const { server } = ports
  /** Sessions this node sends an avatar to without asking whether one is there. */
  const owed = new Set<string>()
  const missing = missedSince()
  let isFirst = true

  async function lookAfter(open: readonly RoomSession[], rooms: ReadonlySet<string> | null): Promise<void> {
    let taken = 0
    for (const session of open) {
      if (!ports.mayServe()) return
      if (await isRoomless(session, rooms)) continue
      if (context.isHosted(session.id)) {
        missing.delete(session.id)
        owed.delete(session.id)
        if (session.boundVisitorId === null) await noticePeople(session)
      } else if (taken < mostTaken && context.hasSpace() && (await isWaiting(session, rooms)) && ports.mayServe()) {
        taken += 1
        owed.delete(session.id)
        missing.delete(session.id)
        context.takeOver(session)
      }
    }
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

  /** Whether the session's avatar is to be sent in from here. */
  async function isWaiting({ id, settings }: RoomSession, rooms: ReadonlySet<string> | null): Promise<boolean> {
    const { host, avatarIdentity } = settings.room
    // On a customer's media server nobody can be asked for: only who sent the avatar in sends it again.
    if (host !== null) return owed.has(id)
    if (server === null || rooms === null) return false
    if (owed.has(id)) return true
    if (!(await server.listPeople(roomNameOf(id))).includes(avatarIdentity)) {
      return missing.isFor(id, timing.absentMs) && !context.isHosted(id)
    }
    missing.delete(id)
    return false
  }

  return {
    async look() {
      const rooms = server && (await server.list()).map(({ name }) => name)
      const open = (await ports.sessions.listOpenRooms(ports.clock.now(), mostSessions)).filter(hasRoom)
      const ids = new Set(open.map(({ id }) => id))
      for (const room of rooms ?? []) await removeStray(context, room, ids)
      if (isFirst && ports.nodes() === 1) for (const id of ids) owed.add(id)
      isFirst = false
      await lookAfter(open, rooms && new Set(rooms))
      missing.keep(ids)
      for (const id of owed) if (!ids.has(id)) owed.delete(id)
    },
    forget(sessions) {
      const isAlone = ports.nodes() === 1
      for (const { id, settings } of sessions) if (isAlone || settings.room.host !== null) owed.add(id)
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
