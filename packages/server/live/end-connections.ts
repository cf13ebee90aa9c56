import type { EndedSession } from '@parlor/core/session'
import { endedEvent, markOver } from './connection.ts'
import type { Connection, LiveSession } from './live-state.ts'
import { abortReply } from './reply.ts'

/**
 * Cuts every connection of a session that is over. All of them are dead when this returns its promise; that resolves
 * when the kernel has taken their close frames, or after `closeFrameMs`.
 */
export function closeForEnding(live: LiveSession, session: EndedSession, closeFrameMs: number): Promise<void> {
  const event = endedEvent(session)
  const closing: Connection[] = []
  for (const connection of live.connections) {
    if (connection.phase === 'over') continue
    markOver(connection, event.code)
    closing.push(connection)
  }
  for (const channel of live.channels) abortReply(channel, 'ended')
  if (closing.length === 0) return Promise.resolve()
  const frame = Buffer.from(JSON.stringify(event))
  return new Promise((resolve) => {
    let open = closing.length
    const bound = setTimeout(resolve, closeFrameMs)
    const handedOver = () => {
      open -= 1
      if (open > 0) return
      clearTimeout(bound)
      resolve()
    }
    for (const connection of closing) sendClosing(connection, frame, event.code, handedOver)
  })
}

/** Last word and close frame go out in one write. What is still unsent would come after the end: then there is no last word. */
function sendClosing({ socket, stream }: Connection, frame: Buffer, code: number, handedOver: () => void): void {
  if (socket.bufferedAmount > 0) {
    socket.terminate()
    handedOver()
    return
  }
  stream.cork()
  socket.send(frame, { binary: false }, handedOver)
  socket.close(code)
  stream.uncork()
}
