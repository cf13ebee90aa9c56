import { ParlorError } from '@parlor/core/errors'
import type { RoomDesk } from '@parlor/core/room'
import { type RoomHint, roomNameOf, sessionOfRoom } from '@parlor/core/room'
import { type EndedSession, type EndingFanOut, endSession, type Session } from '@parlor/core/session'
import { boundServer } from './bound-server.ts'
import { endedLately } from './ended-lately.ts'
import { hostSession } from './host-session.ts'
import type { Hosting, HostingContext } from './hosting.ts'
import { keepSeats } from './keep-seats.ts'
import { prepareHost } from './prepare-host.ts'
import { removeRoom } from './remove-room.ts'
import { hasRoom, type RoomSession, type RoomsPorts } from './rooms-ports.ts'
import { defaultRoomsTiming, mostPeople } from './rooms-timing.ts'
import { createSweep } from './sweep-rooms.ts'
import { within } from './within.ts'

/** Which avatars of this node sit in which rooms. */
export interface Rooms {
  desk: RoomDesk
  /** Takes the avatar of an ended session out of its room, on this node. */
  fanOut: EndingFanOut
  /** Removes the room of an ended session, for whoever ended it; resolves within some seconds whatever the media server does. */
  roomEnded(session: EndedSession): Promise<void>
  /** What the media server said of itself. */
  hear(hint: RoomHint): void
  /** Begins to look after rooms and sessions that lost each other. */
  start(): void
  /** Something changed on another node: looks soon. */
  nudge(): void
  /** Hushes every avatar and takes it out, for another node or a later moment to send in again. */
  cutAll(): void
  /**
   * Takes every avatar out and looks after nothing any more. Rooms stay open, for another node, which is waited for, or for the next
   * start; where there is no other node the avatars say that they go.
   */
  drain(): Promise<void>
  /** How many avatars of this node are in rooms, or on their way. */
  count(): number
  /** What an operator should know of the media server; null where none is configured. */
  health(): string | null
}

export function createRooms(given: RoomsPorts): Rooms {
  const timing = { ...defaultRoomsTiming, ...given.timing }
  const ports = { ...given, server: given.server && boundServer(given.server, timing.callMs) }
  const hosted = new Map<string, Hosting>()
  const seats = keepSeats(ports)
  /** Sessions whose room could not be made: there is hardly one to remove. */
  const unopened = new Set<string>()
  const ended = endedLately(() => performance.now())
  const context: HostingContext = {
    ports,
    timing,
    over: (hosting) => {
      const { id } = hosting.session
      if (hosted.get(id) !== hosting) return
      hosted.delete(id)
      seats.free(id)
    },
  }
  /** Sessions whose room is being made: each has a place here already. */
  const opening = new Set<string>()
  const isFull = () => hosted.size + opening.size >= ports.mostRooms

  function host(session: RoomSession): void {
    if (!hosted.has(session.id)) hosted.set(session.id, hostSession(context, session))
  }

  const sweep = createSweep({
    ports,
    timing,
    isHosted: (id) => hosted.has(id) || opening.has(id) || seats.isFreeing(id),
    hasSpace: () => !isFull(),
    endedLately: ended.next,
    notice: (id, identity) => hosted.get(id)?.notice(identity),
    takeOver: (session) => {
      ports.logger.info({ session: session.id }, 'an avatar that nobody keeps in its room is sent in again')
      host(session)
    },
  })

  async function open(session: Session): Promise<void> {
    if (!hasRoom(session)) throw new Error('the session has no room')
    let hasSeat: boolean
    try {
      if (isFull()) throw full(ports.mostRooms)
      opening.add(session.id)
      // Before there is a room, where another node would look for its avatar.
      hasSeat = await ports.seats.takeSeat(session.id, ports.nodeId, null)
      const { server } = ports
      if (session.settings.room.host === null) {
        if (server === null) throw noMediaServer()
        await server.create(wishOf(session))
      }
    } catch (cause) {
      opening.delete(session.id)
      throw await giveUp(session, cause)
    }
    // From here on an ending finds the hosting, which reads the row itself; one that came before left a room behind.
    opening.delete(session.id)
    if (hasSeat) host(session)
    const current = await ports.sessions.findSession(session.id)
    if (current?.state === 'ended') {
      await Promise.all([hosted.get(session.id)?.stop('ended'), roomEnded(current)])
      throw new ParlorError('unavailable', { message: 'The session ended while its room was being opened.' })
    }
  }

  function wishOf(session: Session) {
    const { emptySeconds, leftSeconds } = timing
    return { room: roomNameOf(session.id), emptySeconds, leftSeconds, mostPeople }
  }

  async function giveUp(session: Session, cause: unknown): Promise<ParlorError> {
    const isOurs = cause instanceof ParlorError && cause.code === 'concurrency_reached'
    const why = isOurs ? 'this node has as many rooms as it may have' : 'the media server did not open a room'
    ports.logger.warn({ err: cause, session: session.id }, 'a room could not be opened')
    unopened.add(session.id)
    try {
      await endSession(ports, session.id, 'failed', undefined, why)
    } catch (err) {
      ports.logger.error({ err, session: session.id }, 'the end of an avatar session could not be written')
    } finally {
      unopened.delete(session.id)
    }
    if (isOurs) return cause
    const message = 'The media server did not open a room. Try again shortly; the operator finds the reason in the log.'
    return new ParlorError('unavailable', { message, cause })
  }

  async function roomEnded({ id, kind }: EndedSession): Promise<void> {
    if (ports.server === null || (kind !== undefined && kind !== 'avatar')) return
    if (kind === 'avatar' && !unopened.has(id)) ended.add(id)
    const isGone = await removeRoom(ports.server, id, timing.removeMs, unopened.has(id))
    if (!isGone) ports.logger.warn({ session: id }, 'a room could not be removed yet; the sweep goes on with it')
  }

  /** Whoever knocked while a room was being removed may have opened it again. */
  async function removeReopened(id: string): Promise<void> {
    try {
      const session = await ports.sessions.findSession(id)
      if (session?.state === 'ended' && ports.mayServe()) await roomEnded(session)
    } catch (err) {
      ports.logger.warn({ err, session: id }, 'a room that somebody joined could not be judged; the sweep does')
    }
  }

  return {
    desk: {
      serverUrl: ports.server?.url ?? null,
      async prepare(given) {
        if (given === null && ports.server === null) throw noMediaServer()
        if (isFull()) throw full(ports.mostRooms)
        return given === null ? null : prepareHost(ports, given)
      },
      open,
      grant: (session) => grantGuests(ports, session),
    },
    fanOut: {
      sessionEnded: async ({ id }) => {
        await hosted.get(id)?.stop('ended')
      },
    },
    roomEnded,
    hear: (hint) => {
      const id = sessionOfRoom(hint.room)
      if (id === null || !ports.mayServe()) return
      if (hint.type !== 'joined') sweep.nudge()
      else if (hosted.has(id)) hosted.get(id)?.notice(hint.identity)
      else void removeReopened(id)
    },
    start: sweep.start,
    nudge: sweep.nudge,
    cutAll() {
      for (const hosting of [...hosted.values()]) {
        seats.keep(hosting.session.id)
        void hosting.stop('left')
      }
    },
    async drain() {
      const stopped = within(timing.leaveMs, sweep.stop()).catch(() => {})
      const isAlone = ports.nodes() === 1
      await Promise.all(
        [...hosted.values()].map((hosting) =>
          hosting.depart(isAlone ? null : () => seats.handOver(hosting.session.id)),
        ),
      )
      await seats.allFreed()
      await stopped
    },
    count: () => hosted.size,
    health: sweep.health,
  }
}

/** Tokens for whoever the session's terms name (contracts Q4, Q5). */
async function grantGuests(
  { server }: Pick<RoomsPorts, 'server'>,
  session: Session,
): Promise<{ consumer: string | null; remoteAgent: string | null }> {
  const terms = session.settings.room
  if (server === null || terms === undefined || terms.host !== null) return { consumer: null, remoteAgent: null }
  const place = { room: roomNameOf(session.id), expiresAt: session.expiresAt }
  const { consumer, remoteAgent } = terms
  return {
    consumer: consumer && (await server.grant({ ...place, ...consumer, part: 'consumer' })),
    remoteAgent: remoteAgent && (await server.grant({ ...place, ...remoteAgent, part: 'agent' })),
  }
}

function noMediaServer(): ParlorError {
  return new ParlorError('unavailable', {
    message:
      'This installation has no media server for avatar sessions. The operator sets LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET; or name a LiveKit server of your own as host.',
  })
}

function full(mostRooms: number): ParlorError {
  return new ParlorError('concurrency_reached', {
    message: `This node keeps avatars in ${mostRooms} rooms at once and no more (PARLOR_MAX_ROOMS). Try again when a session has ended.`,
  })
}
