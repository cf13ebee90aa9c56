import { decideOrigin } from '@parlor/core/account'
import type { App } from '../../http/app-types.ts'
import { renderOrigin } from './render-project.ts'
import { AllowedOriginAnswer, UpsertOriginBody } from './schemas.ts'
import { byOperatorOrKey, type ChatWire, projectOf } from './wire.ts'
import { withWireNames } from './with-wire-names.ts'

/**
 * `POST /rpc/projects.upsertAllowedOrigin`: asks for an origin, approves or rejects it. It binds sessions only where the project
 * is strict.
 */
export function registerUpsertAllowedOrigin(app: App, wire: ChatWire): void {
  app.post(
    '/rpc/projects.upsertAllowedOrigin',
    {
      config: byOperatorOrKey('producer', true),
      schema: {
        operationId: 'projectsUpsertAllowedOrigin',
        body: UpsertOriginBody,
        response: { 200: AllowedOriginAnswer },
      },
    },
    async (request) => {
      const { id, accountId } = projectOf(request)
      const status = request.body.status ?? 'pending'
      const wish = { origin: request.body.origin, status }
      const { project, origin } = await withWireNames(decideOrigin(wire, accountId, id, wish))
      return { allowed_origin: renderOrigin(project, origin, status) }
    },
  )
}
