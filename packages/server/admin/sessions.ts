import { ParlorError } from '@parlor/core/errors'
import { endSession } from '@parlor/core/session'
import type { App } from '../http/app-types.ts'
import { actingFor, readRoute, writeRoute } from './acting-for.ts'
import type { AdminPorts } from './admin-ports.ts'
import { pageOf, renderList, renderSession } from './render.ts'
import { AccountQuery, IdParams, listOf, SessionAnswer, SessionsQuery } from './schemas.ts'

const path = '/admin/v1/sessions'

/** Sessions of every kind. When the ending call answers, nothing is served on the session any more. */
export function registerSessions(app: App, ports: AdminPorts): void {
  app.get(
    path,
    {
      config: readRoute,
      schema: { operationId: 'listSessions', querystring: SessionsQuery, response: { 200: listOf(SessionAnswer) } },
    },
    async (request) => {
      const { query } = request
      const account = await actingFor(ports, request, query.account)
      const now = ports.clock.now()
      const filter = {
        accountId: account.id,
        ...(query.agent !== undefined && { agentId: query.agent }),
        ...(query.open === true && { openAt: now }),
      }
      const found = await ports.sessions.listSessions(filter, pageOf(query))
      return renderList(found, query, (session) => renderSession(session, now))
    },
  )
  app.delete(
    `${path}/:id`,
    {
      config: writeRoute,
      schema: {
        operationId: 'endSession',
        params: IdParams,
        querystring: AccountQuery,
        response: { 200: SessionAnswer },
      },
    },
    async (request) => {
      const account = await actingFor(ports, request, request.query.account)
      const ended = await endSession(ports, request.params.id, 'revoked', (s) => s.accountId === account.id)
      if (ended === null) {
        throw new ParlorError('not_found', { message: `There is no such session in the account "${account.name}".` })
      }
      return renderSession(ended, ports.clock.now())
    },
  )
}
