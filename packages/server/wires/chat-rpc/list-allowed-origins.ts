import type { App } from '../../http/app-types.ts'
import { renderOrigin } from './render-project.ts'
import { AllowedOriginsAnswer } from './schemas.ts'
import { byOperatorOrKey, type ChatWire, projectOf } from './wire.ts'

/** `GET /rpc/projects.listAllowedOrigins`: the approved ones first, then those that wait or were refused. */
export function registerListAllowedOrigins(app: App, _wire: ChatWire): void {
  app.get(
    '/rpc/projects.listAllowedOrigins',
    {
      config: byOperatorOrKey('consumer', true),
      schema: { operationId: 'projectsListAllowedOrigins', response: { 200: AllowedOriginsAnswer } },
    },
    async (request) => {
      const project = projectOf(request)
      const approved = project.allowedOrigins.map((origin) => renderOrigin(project, origin, 'approved'))
      const others = project.originRequests.map(({ origin, status }) => renderOrigin(project, origin, status))
      return { allowed_origins: [...approved, ...others] }
    },
  )
}
