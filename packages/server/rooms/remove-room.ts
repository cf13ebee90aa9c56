import { type RoomServer, roomNameOf } from '@parlor/core/room'
import { pause, within } from './within.ts'

const firstPauseMs = 100
/** How long somebody whom the media server has let in may still be on their way. */
const underwayMs = 30
const never = new AbortController().signal

/**
 * Has a session's room removed, trying again until `ms` milliseconds are over. Resolves to whether it is gone: a media server
 * that is down must not hold an ending call up, and the sweep goes on where this stops.
 */
export async function removeRoom(server: RoomServer, sessionId: string, ms: number, once = false): Promise<boolean> {
  const room = roomNameOf(sessionId)
  const giveUpAt = performance.now() + ms
  const leftMs = () => giveUpAt - performance.now()
  for (let pauseMs = firstPauseMs; ; pauseMs *= 2) {
    try {
      return await removeForGood(server, room, leftMs)
    } catch {
      if (once || leftMs() <= 0) return false
      await pause(Math.min(pauseMs, leftMs()), never)
    }
  }
}

/**
 * LiveKit looks for the room when somebody knocks and makes it when they come in, even where `room.auto_create` is false: who knocks
 * in the moment between has it back, and everybody with a token may follow. So it is gone only when it was not there again a moment
 * later. One that came back while it was being removed may have people in it and not be known; made once more, it can be removed.
 */
async function removeForGood(server: RoomServer, room: string, leftMs: () => number): Promise<boolean> {
  const inTime = <T>(call: Promise<T>) => within(Math.max(1, leftMs()), call)
  while (leftMs() > 0) {
    const wasThere = await inTime(server.remove(room))
    if (wasThere) await pause(underwayMs, never)
    else if ((await inTime(server.listPeople(room))).length === 0) return true
    else await inTime(server.create({ room, emptySeconds: 1, leftSeconds: 1, mostPeople: 1 }))
  }
  return false
}
