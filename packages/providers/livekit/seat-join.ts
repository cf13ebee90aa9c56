import type { RoomListener, SeatWish } from '@parlor/conversation/room'
import { guardCalls, guardEvents } from './guard-room.ts'
import { forgetRoom, leaveRoom } from './leave-room.ts'
import type { Rtc } from './load-rtc.ts'
import { orAbort } from './or-abort.ts'
import { type Place, sit, type TakenSeat } from './seat.ts'
import { openSeatEars } from './seat-ears.ts'
import { openSeatGate } from './seat-gate.ts'
import { openSeatInbox } from './seat-inbox.ts'
import { mostLoanBytes, openSeatLoan } from './seat-loan.ts'
import { publishTracks } from './seat-tracks.ts'

/** Joins, and publishes what the avatar is seen and heard by. @throws when that fails, or `signal` aborts; nothing is left then. */
export async function takeSeat(
  rtc: Rtc,
  wish: SeatWish,
  listener: RoomListener,
  signal: AbortSignal,
): Promise<TakenSeat> {
  signal.throwIfAborted()
  const place = prepare(rtc, listener)
  const { room } = place
  const connecting = room.connect(wish.serverUrl, wish.token, {
    autoSubscribe: false,
    dynacast: false,
    dataStream: { maxPayloadByteLength: mostLoanBytes },
  })
  try {
    await orAbort(connecting, signal)
  } catch (error) {
    // Nobody can break off a connection that is being made; if it comes after all, it goes at once.
    connecting.then(
      () => leaveRoom(room),
      () => forgetRoom(room),
    )
    throw error
  }
  guardCalls(room)
  const broken = new AbortController()
  room.once(rtc.RoomEvent.Disconnected, () => broken.abort(new Error('The room ended while it was being joined.')))
  const publishing = publishTracks(rtc, room, wish)
  try {
    const tracks = await orAbort(publishing, AbortSignal.any([signal, broken.signal]))
    return sit(place, tracks, wish)
  } catch (error) {
    place.gate.close()
    publishing.then(
      (tracks) => tracks.close(true),
      () => {},
    )
    await leaveRoom(room)
    throw error
  }
}

function prepare(rtc: Rtc, outer: RoomListener): Place {
  const room = new rtc.Room()
  guardEvents(room)
  const gate = openSeatGate(outer)
  const { listener } = gate
  // Before what follows from it.
  room.on(rtc.RoomEvent.ParticipantConnected, ({ identity, name = '' }) => listener.joined({ identity, name }))
  room.on(rtc.RoomEvent.ParticipantDisconnected, ({ identity }) => listener.left(identity))
  openSeatInbox(rtc, room, listener)
  const ears = openSeatEars(rtc, room, listener)
  const loan = openSeatLoan(rtc, room, listener)
  return { rtc, room, gate, ears, loan }
}
