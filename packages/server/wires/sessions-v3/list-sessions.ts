import type { App } from '../../http/app-types.ts'
import { ListQuery, windowFrom } from './list-window.ts'
import { callerOf, named, type WirePlace } from './place.ts'
import { readEvenSuspended } from './read-session.ts'
import { sessionRenderer } from './render-session.ts'
import { SessionListAnswer } from './session-schemas.ts'
import type { AvatarWire } from './wire.ts'

/** `GET /sessions` (contracts 2.2, Q11, Q12): newest first, passes too. */
export function registerListSessions(app: App, wire: AvatarWire, place: WirePlace): void {
  app.get(
    `${place.prefix}/sessions`,
    {
      config: readEvenSuspended,
      schema: {
        ...named(place, 'listAvatarSessions'),
        querystring: ListQuery,
        response: { 200: SessionListAnswer },
      },
    },
    async (request) => {
      const { account } = callerOf(request)
      const window = windowFrom(request.query)
      const { client } = window.filter
      const filter = {
        accountId: account.id,
        kind: 'avatar' as const,
        ...(client !== undefined && { endUserId: client }),
      }
      const found = await wire.sessions.listSessions(filter, window.page)
      const sessions = await Promise.all(found.items.map(sessionRenderer(wire, account)))
      return { skip: window.page.offset, take: window.page.limit, total: found.total, sessions }
    },
  )
}
