import { ParlorError } from '@parlor/core/errors'
import type { App } from '../../http/app-types.ts'
import { callerOf, named, type WirePlace } from './place.ts'
import { sessionRenderer } from './render-session.ts'
import { SessionAnswer, SessionParams } from './session-schemas.ts'
import type { AvatarWire } from './wire.ts'

/** A suspended account may still see how it stands: `blocked` is nothing anybody else would be told. */
export const readEvenSuspended = { credential: { kind: 'secret_key', scope: 'read', evenSuspended: true } } as const

/** `GET /sessions/{id}` (contracts 2.2, 2.5): a foreign id and an unknown one get the same answer. */
export function registerReadSession(app: App, wire: AvatarWire, place: WirePlace): void {
  app.get(
    `${place.prefix}/sessions/:id`,
    {
      config: readEvenSuspended,
      schema: { ...named(place, 'getAvatarSession'), params: SessionParams, response: { 200: SessionAnswer } },
    },
    async (request) => {
      const { account } = callerOf(request)
      const session = await wire.sessions.findSession(request.params.id)
      if (session?.accountId === account.id && session.kind === 'avatar') return sessionRenderer(wire, account)(session)
      throw new ParlorError('not_found', { message: 'There is no session with this id in your account.' })
    },
  )
}
