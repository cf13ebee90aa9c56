import { ParlorError } from '@parlor/core/errors'
import { admitVisitor } from '@parlor/core/session'
import type { Host } from './hosting.ts'
import type { RoomsPorts } from './rooms-ports.ts'
import { pause } from './within.ts'

const retryMs = 1_000

/** What happens when somebody comes: the first one makes the session live and is its visitor, whom the talk then meets. */
export function meetVisitor(hostOf: () => Host): () => void {
  let isBusy = false
  return () => {
    const host = hostOf()
    if (isBusy || host.visitorId !== null) return
    isBusy = true
    void admit(host).finally(() => {
      isBusy = false
    })
  }
}

async function admit(host: Host): Promise<void> {
  const { context, session, controller } = host
  const { ports } = context
  while (!controller.signal.aborted && host.visitorId === null) {
    try {
      host.visitorId = await findVisitor(ports, session.id)
      if (!controller.signal.aborted) host.sitting?.talk.meet(host.visitorId)
    } catch (err) {
      // The end of a session comes to its hosting another way.
      if (err instanceof ParlorError && err.code === 'session_ended') return
      ports.logger.error({ err, session: session.id }, 'a visitor could not be admitted')
      await pause(retryMs, controller.signal)
    }
  }
}

/** The one visitor of the session; another node may have met them first. */
async function findVisitor(ports: RoomsPorts, sessionId: string): Promise<string> {
  const session = await ports.sessions.findSession(sessionId)
  if (session === null) throw new ParlorError('session_ended')
  if (session.boundVisitorId !== null) return session.boundVisitorId
  try {
    return (await admitVisitor(ports, session, null)).visitor.id
  } catch (error) {
    if (!(error instanceof ParlorError) || error.code !== 'session_bound') throw error
    const bound = (await ports.sessions.findSession(sessionId))?.boundVisitorId
    if (!bound) throw error
    return bound
  }
}
