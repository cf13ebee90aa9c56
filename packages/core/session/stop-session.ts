import type { EndSessionPorts } from './end-session.ts'
import type { Session } from './session.ts'
import { end } from './state.ts'

/**
 * Ends a session as stopped, for a caller who must know whether this call did it. Null where `isMine` refuses the session, there is
 * none, or it was over already, as one is that has lived its time (contracts Q9). Whichever it is, a session of one's own is served
 * no more when this returns.
 */
export async function stopSession(
  ports: EndSessionPorts,
  id: string,
  isMine: (session: Session) => boolean,
): Promise<Session | null> {
  let isDone = false
  const found = await ports.sessions.changeSession(id, (session) => {
    const change = isMine(session) ? end(session, 'stopped', ports.clock.now()) : null
    // A store may ask again: what it hears last is what it writes.
    isDone = change?.session.reason === 'stopped'
    return change
  })
  if (found === null || !isMine(found)) return null
  await ports.fanOut.sessionEnded(found)
  return isDone ? found : null
}
