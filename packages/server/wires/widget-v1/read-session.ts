import { ParlorError } from '@parlor/core/errors'
import type { App } from '../../http/app-types.ts'
import { sessionStatus, superset } from './answer-schemas.ts'
import { renderSession } from './render-session.ts'
import { SessionParams } from './schemas.ts'
import { callerOf, type WidgetWire } from './wire.ts'

/** `GET /v1/widget/sessions/{session_id}` (contracts 1.3.2). A foreign id and an unknown one get the same answer. */
export function registerReadSession(app: App, wire: WidgetWire): void {
  app.get(
    '/v1/widget/sessions/:session_id',
    {
      config: { credential: { kind: 'secret_key', scope: 'read' } },
      schema: {
        operationId: 'getWidgetSessionStatus',
        params: SessionParams,
        response: { 200: superset(sessionStatus) },
      },
    },
    async (request) => {
      const { account } = callerOf(request)
      const session = await wire.sessions.findSession(request.params.session_id)
      if (session === null || session.accountId !== account.id || session.kind !== 'widget') throw noSuchSession()
      return renderSession(session, wire.clock.now())
    },
  )
}

export function noSuchSession(): ParlorError {
  return new ParlorError('not_found', {
    message: 'There is no widget session with this id in your account. Use the session_id that creating it returned.',
  })
}
