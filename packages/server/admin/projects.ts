import { changeProject, createProject, deleteProject } from '@parlor/core/account'
import type { App } from '../http/app-types.ts'
import { once } from '../http/idempotency.ts'
import { actingFor, findProject, readRoute, writeRoute } from './acting-for.ts'
import type { AdminPorts } from './admin-ports.ts'
import { withWireNames } from './rename-faults.ts'
import { cut, pageOf, renderList, renderProject } from './render.ts'
import {
  AccountQuery,
  CreateProjectBody,
  DeletedProjectAnswer,
  IdParams,
  ListQuery,
  listOf,
  ProjectAnswer,
  SetProjectBody,
} from './schemas.ts'

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
      const projects = (await ports.accounts.listProjects(account.id)).filter(({ deletedAt }) => deletedAt === null)
      return renderList(cut(projects, pageOf(query)), query, renderProject)
    },
  )
  app.patch(
    `${path}/:id`,
    {
      config: writeRoute,
      schema: {
        operationId: 'setProject',
        params: IdParams,
        querystring: AccountQuery,
        body: SetProjectBody,
        response: { 200: ProjectAnswer },
      },
    },
    async (request) => {
      const account = await actingFor(ports, request, request.query.account)
      const { id } = await findProject(ports, account.id, request.params.id)
      const { strict_origins: strictOrigins, allowed_origins: allowedOrigins } = request.body
      const change = {
        ...(strictOrigins !== undefined && { strictOrigins }),
        ...(allowedOrigins !== undefined && { allowedOrigins }),
      }
      return renderProject(await withWireNames(changeProject(ports, account.id, id, change)))
    },
  )
  app.delete(
    `${path}/:id`,
    {
      config: writeRoute,
      schema: {
        operationId: 'deleteProject',
        params: IdParams,
        querystring: AccountQuery,
        response: { 200: DeletedProjectAnswer },
      },
    },
    async (request) => {
      const account = await actingFor(ports, request, request.query.account)
      const { id } = await findProject(ports, account.id, request.params.id)
      return { id, ended_sessions: await deleteProject(ports, account.id, id) }
    },
  )
}
