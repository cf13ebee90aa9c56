import { deleteProject, noSuchProject } from '@parlor/core/account'
import type { App } from '../../http/app-types.ts'
import { IdQuery, NothingAnswer } from './schemas.ts'
import { boundTo, byOperatorOrKey, type ChatWire, callerOf } from './wire.ts'

/** `DELETE /rpc/projects.delete?id=`: when it answers 204, its sessions have ended and the keys bound to it are disabled. */
export function registerDeleteProject(app: App, wire: ChatWire): void {
  app.delete(
    '/rpc/projects.delete',
    {
      config: byOperatorOrKey('producer', false),
      schema: { operationId: 'projectsDelete', querystring: IdQuery, response: { 204: NothingAnswer } },
    },
    async (request, reply) => {
      const { id } = request.query
      const bound = boundTo(request)
      if (bound !== null && bound !== id) throw noSuchProject()
      await deleteProject(wire, callerOf(request).account.id, id)
      return reply.code(204).send(null)
    },
  )
}
