import { noSuchProject } from '@parlor/core/account'
import type { App } from '../../http/app-types.ts'
import { renderProject } from './render-project.ts'
import { ProjectAnswer, ProjectQuery } from './schemas.ts'
import { boundTo, byOperatorOrKey, type ChatWire, callerOf } from './wire.ts'

/** `GET /rpc/projects.get?slug=`. */
export function registerGetProject(app: App, wire: ChatWire): void {
  app.get(
    '/rpc/projects.get',
    {
      config: byOperatorOrKey('consumer', false),
      schema: { operationId: 'projectsGet', querystring: ProjectQuery, response: { 200: ProjectAnswer } },
    },
    async (request) => {
      const project = await wire.accounts.findProjectBySlug(callerOf(request).account.id, request.query.slug)
      const bound = boundTo(request)
      if (project === null || project.deletedAt !== null) throw noSuchProject()
      if (bound !== null && project.id !== bound) throw noSuchProject()
      return { project: renderProject(project) }
    },
  )
}
