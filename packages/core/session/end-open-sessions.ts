import { type EndSessionPorts, endSession } from './end-session.ts'
import type { Session } from './session.ts'
import type { SessionFilter } from './session-store.ts'

const pageSize = 200
/** Pages overlap, so that sessions which end by themselves while we read push none past us. */
const step = pageSize / 2

/**
 * Ends every open session the filter shows and `isMeant` picks, as revoked, a page at a time. Resolves to how many it ended, once
 * a whole reading of the list found none left and nothing is served on any of them. `why` goes into their ledgers.
 */
export async function endOpenSessions(
  ports: EndSessionPorts,
  filter: Omit<SessionFilter, 'openAt'>,
  isMeant: (session: Session) => boolean = () => true,
  why?: string,
): Promise<number> {
  const ended = new Set<string>()
  for (let found = true; found; ) {
    found = false
    for (let offset = 0, total = 1; offset < total; ) {
      const page = await ports.sessions.listSessions(
        { ...filter, openAt: ports.clock.now() },
        { offset, limit: pageSize },
      )
      const meant = page.items.filter((session) => isMeant(session) && !ended.has(session.id))
      await Promise.all(meant.map(({ id }) => endSession(ports, id, 'revoked', undefined, why)))
      for (const { id } of meant) ended.add(id)
      found ||= meant.length > 0
      total = page.total
      // What was ended has left the list: the rest moved up into its place.
      offset += meant.length > 0 ? 0 : step
    }
  }
  return ended.size
}
