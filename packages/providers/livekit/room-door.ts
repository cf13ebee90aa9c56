import type { RoomDoor } from '@parlor/conversation/room'
import { ParlorError } from '@parlor/core/errors'
import { disposeRtc, loadRtc } from './load-rtc.ts'
import type { TakenSeat } from './seat.ts'
import { takeSeat } from './seat-join.ts'

export interface LiveKitDoor extends RoomDoor {
  /**
   * Leaves every seat and lets the native client go, so that the process can end; afterwards nothing in this process can join a
   * room again.
   */
  close(): Promise<void>
}

const joinsWithinMs = 10_000

/** Joins rooms of LiveKit servers as an avatar. The native client is loaded when the first one is joined. */
export function openRoomDoor(): LiveKitDoor {
  const taken = new Set<TakenSeat>()
  const joining = new Set<Promise<TakenSeat>>()
  const closing = new AbortController()

  return {
    async join(wish, listener, signal) {
      const limit = AbortSignal.any([signal, closing.signal, AbortSignal.timeout(joinsWithinMs)])
      const attempt = loadRtc().then((rtc) => takeSeat(rtc, wish, listener, limit))
      joining.add(attempt)
      try {
        const place = await attempt
        taken.add(place)
        void place.over.then(() => taken.delete(place))
        return place.seat
      } catch (cause) {
        throw new ParlorError('unavailable', { message: 'The room could not be joined.', cause })
      } finally {
        joining.delete(attempt)
      }
    },
    async close() {
      closing.abort(new Error('Nothing joins a room while Parlor stops.'))
      await Promise.allSettled(joining)
      await Promise.all([...taken].map(({ seat }) => seat.leave()))
      await disposeRtc()
    },
  }
}
