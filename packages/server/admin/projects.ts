import { createProject } from '@parlor/core/account'
import type { App } from '../http/app-types.ts'
import { once } from '../http/idempotency.ts'
import { actingFor, readRoute, writeRoute } from './acting-for.ts'
import type { AdminPorts } from './admin-ports.ts'
import { withWireNames } from './rename-faults.ts'
import { cut, pageOf, renderList, renderProject } from './render.ts'
import { CreateProjectBody, ListQuery, listOf, ProjectAnswer } from './schemas.ts'

const path = '/admin/v1/projects'

/** Projects of an account. */
export function registerProjects(app: App, ports: AdminPorts): void {
  app.post(
    path,
    {
      config: writeRoute,
      schema: { operationId: 'createProject', body: CreateProjectBody, response: { 200: ProjectAnswer } },
    },
    (request, reply) =>
      once(ports, request, reply, async () => {
        const account = await actingFor(ports, request, request.body.account)
        const { name, slug } = request.body
        return renderProject(await withWireNames(createProject(ports, account.id, { name, slug })))
      }),
  )
  app.get(
    path,
    {
      config: readRoute,
      schema: { operationId: 'listProjects', querystring: ListQuery, response: { 200: listOf(ProjectAnswer) } },
    },
    async (request) => {
      const { query } = request
      const account = await actingFor(ports, request, query.account)
      return renderList(cut(await ports.accounts.listProjects(account.id), pageOf(query)), query, renderProject)
    },
  )
}
