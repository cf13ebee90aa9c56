import { changeProject } from '@parlor/core/account'
import type { App } from '../../http/app-types.ts'
import { renderProject } from './render-project.ts'
import { ProjectAnswer, SetStrictOriginsBody } from './schemas.ts'
import { byOperatorOrKey, type ChatWire, projectOf } from './wire.ts'

/**
 * `POST /rpc/projects.setStrictOrigins`, which is ours: whether the approved origins bind every session of the project. Sessions
 * that are open are judged by it from their next use on.
 */
export function registerSetStrictOrigins(app: App, wire: ChatWire): void {
  app.post(
    '/rpc/projects.setStrictOrigins',
    {
      config: byOperatorOrKey('producer', true),
      schema: {
        operationId: 'projectsSetStrictOrigins',
        body: SetStrictOriginsBody,
        response: { 200: ProjectAnswer },
      },
    },
    async (request) => {
      const { id, accountId } = projectOf(request)
      const { strict_origins: strictOrigins } = request.body
      return { project: renderProject(await changeProject(wire, accountId, id, { strictOrigins })) }
    },
  )
}
