import type { App } from '../http/app-types.ts'
import { actingFor, readRoute } from './acting-for.ts'
import type { AdminPorts } from './admin-ports.ts'
import { pageOf, renderAgent, renderList } from './render.ts'
import { AgentAnswer, ListQuery, listOf } from './schemas.ts'

/** The agents of an account. They are made on the wires; here they are found. */
export function registerAgents(app: App, ports: AdminPorts): void {
  app.get(
    '/admin/v1/agents',
    {
      config: readRoute,
      schema: { operationId: 'listAgents', querystring: ListQuery, response: { 200: listOf(AgentAnswer) } },
    },
    async (request) => {
      const { query } = request
      const account = await actingFor(ports, request, query.account)
      return renderList(await ports.agents.agents.list(account.id, 'all', pageOf(query)), query, renderAgent)
    },
  )
}
