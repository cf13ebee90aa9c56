import { ParlorError } from '@parlor/core/errors'
import type { FastifyRequest } from 'fastify'
import type { App } from '../../http/app-types.ts'
import { renderNamed } from './render-project.ts'
import { ListProjectsQuery, ProjectsAnswer } from './schemas.ts'
import { boundTo, byOperatorOrKey, type ChatWire, callerOf } from './wire.ts'

/** `GET /rpc/projects.list`: the account's projects; a key that is bound to one sees that one. */
export function registerListProjects(app: App, wire: ChatWire): void {
  app.get(
    '/rpc/projects.list',
    {
      config: byOperatorOrKey('consumer', false),
      schema: { operationId: 'projectsList', querystring: ListProjectsQuery, response: { 200: ProjectsAnswer } },
    },
    async (request) => {
      holdToAccount(request, request.query.organization_id)
      const bound = boundTo(request)
      const all = await wire.accounts.listProjects(callerOf(request).account.id)
      const seen = all.filter(({ id, deletedAt }) => deletedAt === null && (bound === null || id === bound))
      return { projects: seen.map(renderNamed) }
    },
  )
}

/** Clients name the account they mean; there is only the caller's own. @throws ParlorError `forbidden`. */
export function holdToAccount(request: FastifyRequest, named: string | null | undefined): void {
  if (named === undefined || named === null || named === callerOf(request).account.id) return
  throw new ParlorError('forbidden', { message: 'This is not your account’s id. Leave organization_id out.' })
}
