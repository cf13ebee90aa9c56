import type { DisconnectReason, Room, VideoSource } from '@livekit/rtc-node'
import type { Frame, RoomSeat, SeatWish } from '@parlor/conversation/room'
import { leaveRoom } from './leave-room.ts'
import type { Rtc } from './load-rtc.ts'
import type { SeatEars } from './seat-ears.ts'
import type { SeatGate } from './seat-gate.ts'
import type { SeatLoan } from './seat-loan.ts'
import { openSeatSound } from './seat-sound.ts'
import type { SeatTracks } from './seat-tracks.ts'
import { openSeatWords } from './seat-words.ts'

/**
 * The client mends a broken connection by itself; where nothing answers it gives up after a quarter of a minute. This is for a
 * server that lives and does not serve.
 */
const mendingMs = 30_000

/** A room that is joined, and what listens in it. */
export interface Place {
  rtc: Rtc
  room: Room
  gate: SeatGate
  ears: SeatEars
  loan: SeatLoan
}

export interface TakenSeat {
  seat: RoomSeat
  /** Resolves once nothing of it is left, however it came to its end. */
  over: Promise<void>
}

/** The avatar's place in a room it has joined and in which it is seen and heard. */
export function sit({ rtc, room, gate, ears, loan }: Place, tracks: SeatTracks, wish: SeatWish): TakenSeat {
  const sound = openSeatSound(rtc, tracks.sound, wish.soundRate)
  const words = openSeatWords(rtc, room, tracks.soundId)
  let mending: NodeJS.Timeout | undefined
  let ending: Promise<void> | null = null
  const over = Promise.withResolvers<void>()

  const end = async (isLost: boolean) => {
    gate.close()
    clearTimeout(mending)
    sound.close()
    await words.close()
    await ears.close()
    await leaveRoom(room)
    await tracks.close(isLost)
    over.resolve()
  }
  const lose = (reason: 'removed' | 'replaced' | 'failed') => {
    if (ending !== null) return
    gate.listener.lost(reason)
    ending ??= end(true)
  }
  room.on(rtc.RoomEvent.Disconnected, (reason) => lose(readReason(rtc, reason)))
  room.on(rtc.RoomEvent.Reconnecting, () => {
    clearTimeout(mending)
    mending = setTimeout(lose, mendingMs, 'failed')
  })
  room.on(rtc.RoomEvent.Reconnected, () => clearTimeout(mending))
  if (room.localParticipant) loan.open(room.localParticipant)
  ears.open()
  // After whoever awaits the seat has it.
  setImmediate(gate.open)

  const seat: RoomSeat = {
    people: () => (ending ? [] : guestsOf(room)),
    show: (frame) => (ending ? undefined : show(rtc, tracks.picture, frame)),
    play: sound.play,
    queuedMs: sound.queuedMs,
    hush: sound.hush,
    setManner: words.setManner,
    caption: words.caption,
    say: words.say,
    notify: words.notify,
    answerLoan: words.answerLoan,
    leave() {
      ending ??= end(false)
      return ending
    },
  }
  return { seat, over: over.promise }
}

function guestsOf(room: Room): { identity: string; name: string }[] {
  return [...room.remoteParticipants.values()].map(({ identity, name = '' }) => ({ identity, name }))
}

function show(rtc: Rtc, picture: VideoSource, { data, width, height }: Frame): void {
  if (data.length < (width * height * 3) / 2 || width % 2 === 1 || height % 2 === 1) return
  // The binding reads from the beginning of the buffer, wherever the view begins.
  const own = data.byteOffset === 0 ? data : data.slice()
  picture.captureFrame(new rtc.VideoFrame(own, width, height, rtc.VideoBufferType.I420))
}

function readReason(rtc: Rtc, reason: DisconnectReason): 'removed' | 'replaced' | 'failed' {
  const { ROOM_DELETED, ROOM_CLOSED, PARTICIPANT_REMOVED, DUPLICATE_IDENTITY } = rtc.DisconnectReason
  if (reason === DUPLICATE_IDENTITY) return 'replaced'
  return reason === ROOM_DELETED || reason === ROOM_CLOSED || reason === PARTICIPANT_REMOVED ? 'removed' : 'failed'
}
