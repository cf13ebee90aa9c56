import { endSession } from '@parlor/core/session'
import type { App } from '../../http/app-types.ts'
import { endedSession, superset } from './answer-schemas.ts'
import { noSuchSession } from './read-session.ts'
import { renderEndedSession } from './render-session.ts'
import { SessionParams } from './schemas.ts'
import { callerOf, type WidgetWire } from './wire.ts'

/**
 * `DELETE /v1/widget/sessions/{session_id}` (contracts 1.3.3): when it answers, nothing is served on the session any more.
 * Ending an ended or expired one answers 200 again and changes nothing.
 */
export function registerEndSession(app: App, wire: WidgetWire): void {
  app.delete(
    '/v1/widget/sessions/:session_id',
    {
      config: { credential: { kind: 'secret_key', scope: 'write' } },
      schema: { operationId: 'revokeWidgetSession', params: SessionParams, response: { 200: superset(endedSession) } },
    },
    async (request) => {
      const { account } = callerOf(request)
      const id = request.params.session_id
      const isMine = (s: { accountId: string; kind: string }) => s.accountId === account.id && s.kind === 'widget'
      const ended = await endSession(wire, id, 'revoked', isMine)
      if (ended === null) throw noSuchSession()
      return renderEndedSession(ended)
    },
  )
}
