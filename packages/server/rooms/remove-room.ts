import { type RoomServer, roomNameOf } from '@parlor/core/room'
import { pause, within } from './within.ts'

const firstPauseMs = 100

/**
 * Has a session's room removed, trying again until `ms` milliseconds are over. Resolves to whether it is gone: a media server
 * that is down must not hold an ending call up, and the sweep goes on where this stops.
 */
export async function removeRoom(server: RoomServer, sessionId: string, ms: number, once = false): Promise<boolean> {
  const room = roomNameOf(sessionId)
  const giveUpAt = performance.now() + ms
  const never = new AbortController().signal
  for (let pauseMs = firstPauseMs; ; pauseMs *= 2) {
    try {
      await within(Math.max(1, giveUpAt - performance.now()), server.remove(room))
      return true
    } catch {
      const leftMs = giveUpAt - performance.now()
      if (once || leftMs <= 0) return false
      await pause(Math.min(pauseMs, leftMs), never)
    }
  }
}
