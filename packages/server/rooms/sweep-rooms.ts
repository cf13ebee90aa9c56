import { roomNameOf, sessionOfRoom } from '@parlor/core/room'
import { endSession, isOver, type Session } from '@parlor/core/session'
import { whyRoomless } from './judge-loss.ts'
import { hasRoom, type RoomSession, type RoomsPorts } from './rooms-ports.ts'
import type { RoomsTiming } from './rooms-timing.ts'

export interface SweepContext {
  ports: RoomsPorts
  timing: RoomsTiming
  /** Whether this node keeps an avatar in the session's room. */
  isHosted(id: string): boolean
  hasSpace(): boolean
  takeOver(session: RoomSession): void
}

/** Looks after rooms and sessions that lost each other: nothing of it depends on what the media server says by itself. */
export interface Sweep {
  start(): void
  stop(): Promise<void>
  /** Something may have changed: looks soon. */
  nudge(): void
  /** These avatars were taken out here, and this node sends them in again when it may. */
  forget(sessions: readonly RoomSession[]): void
  health(): string | null
}

/** Rooms that are looked after at once; those of more sessions are found one by one. */
const mostSessions = 1000
/** Joining is work: not all that were left behind are joined in one moment. */
const mostTaken = 5
const nudgeMs = 150

export function createSweep(context: SweepContext): Sweep {
  const { ports, timing } = context
  const { logger, server } = ports
  /** Sessions this node sends an avatar to without asking whether one is there. */
  const owed = new Set<string>()
  const missing = new Map<string, number>()
  let isFirst = true
  let isOpen: boolean | null = null
  let failures = 0
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | null = null
  let isStopped = true
  let isNudged = false

  function schedule(delayMs: number): void {
    if (isStopped) return
    clearTimeout(timer)
    timer = setTimeout(run, delayMs)
    timer.unref()
  }

  function run(): void {
    if (isStopped || running !== null) return
    isNudged = false
    running = sweep().finally(() => {
      running = null
      schedule(isNudged ? nudgeMs : nextPause())
    })
  }

  /** Many nodes share the work, and none of them is to look at the same moment as the others. */
  function nextPause(): number {
    const slower = Math.min(timing.sweepSlowMs, timing.sweepEveryMs * 2 ** failures)
    return slower * Math.max(1, ports.nodes()) * (0.75 + Math.random() / 2)
  }

  async function sweep(): Promise<void> {
    if (!ports.mayServe()) return
    try {
      await look()
      if (failures > 0) logger.info({}, 'rooms are looked after again')
      failures = 0
    } catch (err) {
      if (failures === 0) logger.warn({ err }, 'rooms cannot be looked after: the media server or the store fails')
      failures += 1
      isOpen = null
    }
  }

  async function look(): Promise<void> {
    if (server !== null) await askWhoOpensRooms()
    const rooms = server === null ? [] : await server.list()
    const open = (await ports.sessions.listOpenRooms(ports.clock.now(), mostSessions)).filter(hasRoom)
    const ids = new Set(open.map(({ id }) => id))
    for (const { name } of rooms) {
      const id = sessionOfRoom(name)
      if (id !== null && !ids.has(id)) await removeStray(name, id)
    }
    if (isFirst && ports.nodes() === 1) for (const id of ids) owed.add(id)
    isFirst = false
    await lookAfter(open, new Set(rooms.map(({ name }) => name)))
    for (const id of missing.keys()) if (!ids.has(id)) missing.delete(id)
    for (const id of owed) if (!ids.has(id)) owed.delete(id)
  }

  async function askWhoOpensRooms(): Promise<void> {
    if (isOpen !== null || server === null) return
    isOpen = await server.opensRoomsByItself()
    if (!isOpen) return
    logger.error(
      {},
      'the media server opens rooms for anybody with a token, so an ended session can be joined again: run it with room.auto_create: false',
    )
  }

  async function removeStray(room: string, id: string): Promise<void> {
    const session = await ports.sessions.findSession(id)
    if (session !== null && !isOver(session, ports.clock.now())) return
    if (!ports.mayServe()) return
    await server?.remove(room)
    logger.info({ session: id }, 'a room without an open session was removed')
  }

  async function lookAfter(open: readonly RoomSession[], rooms: ReadonlySet<string>): Promise<void> {
    let taken = 0
    for (const session of open) {
      if (context.isHosted(session.id)) {
        missing.delete(session.id)
        owed.delete(session.id)
        continue
      }
      if (!ports.mayServe()) return
      if (!(await isWaiting(session, rooms)) || taken >= mostTaken || !context.hasSpace()) continue
      // What was read of it may be old by now: it may have ended, or another may have come first.
      if (context.isHosted(session.id)) continue
      taken += 1
      owed.delete(session.id)
      missing.delete(session.id)
      context.takeOver(session)
    }
  }

  /** Whether the session's avatar is to be sent in from here. */
  async function isWaiting(session: RoomSession, rooms: ReadonlySet<string>): Promise<boolean> {
    const isOwed = owed.has(session.id)
    // On a customer's media server nobody can be asked for: only who sent the avatar in sends it again.
    if (session.settings.room.host !== null || server === null) return isOwed && session.settings.room.host !== null
    const room = roomNameOf(session.id)
    if (!rooms.has(room)) {
      await endRoomless(session)
      return false
    }
    if (isOwed) return true
    if (!isMissingFor(session.id, 0)) return false
    const isThere = (await server.listPeople(room)).includes(session.settings.room.avatarIdentity)
    if (isThere) missing.delete(session.id)
    return !isThere && isMissingFor(session.id, timing.absentMs)
  }

  /** Whether it was first missed at least so long ago; the first time is written down. */
  function isMissingFor(id: string, ms: number): boolean {
    const now = performance.now()
    const since = missing.get(id) ?? now
    missing.set(id, since)
    return now - since >= ms
  }

  async function endRoomless(session: Session): Promise<void> {
    const ageMs = ports.clock.now() - session.createdAt
    if (ageMs < timing.roomlessMs || !isMissingFor(session.id, timing.absentMs)) return
    const hasMet = session.boundVisitorId !== null
    const isLost = !hasMet && ageMs < timing.emptySeconds * 1000
    const { reason, why } = isLost
      ? { reason: 'failed' as const, why: 'the media server lost the room' }
      : whyRoomless(hasMet)
    await endSession(ports, session.id, reason, undefined, why)
  }

  return {
    start() {
      if (!isStopped) return
      isStopped = false
      run()
    },
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await running
    },
    nudge() {
      isNudged = true
      if (running === null && failures === 0) schedule(nudgeMs * (0.5 + Math.random()))
    },
    forget(sessions) {
      const isAlone = ports.nodes() === 1
      for (const { id, settings } of sessions) if (isAlone || settings.room.host !== null) owed.add(id)
    },
    health() {
      if (server === null) return null
      if (failures > 0) return 'unreachable'
      return isOpen === true ? 'anybody with a token may open rooms: set room.auto_create to false' : 'ok'
    },
  }
}
