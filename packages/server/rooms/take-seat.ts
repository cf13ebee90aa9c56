import type { RoomListener, RoomSeat, RoomTalk } from '@parlor/conversation/room'
import { roomNameOf } from '@parlor/core/room'
import type { RoomGuest } from '@parlor/core/session'
import { guardListener, guardSeat } from './guard-seat.ts'
import type { HostingContext, Sitting } from './hosting.ts'
import type { LossKind } from './judge-loss.ts'
import { checkHostAddress, unsealText } from './prepare-host.ts'
import type { RoomSession, RoomsPorts } from './rooms-ports.ts'
import { within } from './within.ts'

interface SittingListener {
  joined(guest: RoomGuest): void
  left(identity: string): void
  /** Somebody did something, so they are there. */
  notice(identity: string): void
  limitReached(): void
}

/** Joins a session's room and begins the talk there. @throws whatever keeps the avatar out; then nothing is left behind. */
export async function takeSeat(
  { ports, timing }: HostingContext,
  session: RoomSession,
  signal: AbortSignal,
  listener: SittingListener,
): Promise<Sitting> {
  const lost = Promise.withResolvers<LossKind>()
  let isOver = false
  const mayUse = () => !isOver && !signal.aborted && ports.clock.now() < session.expiresAt && ports.mayServe()
  const talk = await ports.openTalk(session, { mayUse, limitReached: listener.limitReached })
  const seated = guardListener(listenerOf(talk, listener, lost.resolve), mayUse)
  let closing: Promise<void> | null = null
  const closeTalk = (why: 'ended' | 'left') => {
    isOver = true
    closing ??= talk.close(why)
    return closing
  }
  let seat: RoomSeat
  try {
    seat = await join(ports, session, talk, seated, signal, timing.joinMs)
  } catch (error) {
    await closeTalk('left')
    throw error
  }
  let leaving: Promise<unknown> | null = null
  const leave = async (why: 'ended' | 'left') => {
    lost.resolve('failed')
    if (leaving === null) {
      const closed = closeTalk(why)
      seat.hush()
      leaving = Promise.all([seat.leave(), closed])
    }
    await leaving
  }
  const handOver = async (ms: number, free: () => Promise<void>) => {
    const closed = closeTalk('left')
    seat.hush()
    await closed
    await free()
    const isReplaced = await within(ms, lost.promise).then(
      () => true,
      () => false,
    )
    if (!isReplaced) seat.say(talk.farewell)
    return isReplaced
  }
  if (signal.aborted) {
    await leave('left')
    throw signal.reason
  }
  talk.begin(guardSeat(seat, mayUse))
  return { seat: guardSeat(seat, mayUse), talk, lost: lost.promise, handOver, leave }
}

async function join(
  ports: RoomsPorts,
  session: RoomSession,
  talk: RoomTalk,
  listener: RoomListener,
  signal: AbortSignal,
  joinMs: number,
): Promise<RoomSeat> {
  const door = await ports.door()
  const place = await findPlace(ports, session)
  const { avatarIdentity: identity } = session.settings.room
  const wish = { ...place, identity, soundRate: talk.soundRate, pictureSize: talk.pictureSize }
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(joinMs)])
  const joining = door.join(wish, listener, inTime)
  return within(joinMs, joining).catch((error: unknown) => {
    // Whoever comes in too late is shown out.
    joining.then((seat) => seat.leave()).catch(() => {})
    throw error
  })
}

/** Where the avatar joins, and with which token. */
async function findPlace(ports: RoomsPorts, session: RoomSession): Promise<{ serverUrl: string; token: string }> {
  const { host, avatarIdentity, remoteAgent } = session.settings.room
  if (host !== null) {
    await checkHostAddress(ports, host.serverUrl)
    // The address that was checked, as it was read then.
    return { serverUrl: new URL(host.serverUrl).href, token: unsealText(ports.seal, host.sealedToken) }
  }
  const { server } = ports
  if (server === null) throw new Error('no media server is configured')
  const token = await server.grant({
    room: roomNameOf(session.id),
    part: 'avatar',
    identity: avatarIdentity,
    name: avatarIdentity,
    expiresAt: session.expiresAt,
    ...(remoteAgent !== null && { onBehalfOf: remoteAgent.identity }),
  })
  return { serverUrl: server.url, token }
}

function listenerOf(
  talk: RoomTalk,
  { joined, left, notice }: SittingListener,
  lost: (how: LossKind) => void,
): RoomListener {
  return {
    joined,
    left: (identity) => {
      left(identity)
      talk.left(identity)
    },
    wrote: (identity, text) => {
      notice(identity)
      talk.wrote(identity, text)
    },
    remarked: talk.remarked,
    interrupted: talk.interrupted,
    heard: talk.heard,
    fellSilent: talk.fellSilent,
    lent: talk.lent,
    lentInterrupted: talk.lentInterrupted,
    lost,
  }
}
