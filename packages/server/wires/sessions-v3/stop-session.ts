import { type Session, stopSession } from '@parlor/core/session'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App, Credential } from '../../http/app-types.ts'
import { nullable } from './answer-schemas.ts'
import { callerOf, named, sendNull, type WirePlace, writeRoute } from './place.ts'
import { type Reader, sessionRenderer } from './render-session.ts'
import { SessionAnswer, SessionParams } from './session-schemas.ts'
import type { AvatarWire } from './wire.ts'

interface Door {
  path: string
  operation: string
  config: { credential: Credential }
  reader: Reader
  isMine(request: FastifyRequest, session: Session): boolean
}

const doors: readonly Door[] = [
  {
    path: 'sessions',
    operation: 'AvatarSession',
    config: writeRoute,
    reader: 'owner',
    isMine: (request, session) => session.accountId === callerOf(request).account.id,
  },
  {
    path: 'session-passes',
    operation: 'SessionPass',
    config: { credential: { kind: 'client_key' } },
    reader: 'page',
    // A publishable key stops only what it started (design 5, "Keys"): whoever reads a page has it.
    isMine: (request, session) => session.keyId === callerOf(request).key.id && session.settings.room?.isPass === true,
  },
]

/**
 * `PATCH /sessions/{id}/stop` and the same of passes (contracts 2.2, 2.3, Q9): the session the first time; `null` for one that is over,
 * unknown or not the caller's. POST does the same (E10); a body is ignored (E23).
 */
export function registerStopSession(app: App, wire: AvatarWire, place: WirePlace): void {
  for (const { path, operation, config, reader, isMine } of doors) {
    const stop = async (request: FastifyRequest, reply: FastifyReply) => {
      const { id } = request.params as { id: string }
      const stopped = await stopSession(wire, id, (session) => session.kind === 'avatar' && isMine(request, session))
      return stopped === null ? sendNull(reply) : sessionRenderer(wire, callerOf(request).account, reader)(stopped)
    }
    const response = { 200: nullable(SessionAnswer) }
    const url = `${place.prefix}/${path}/:id/stop`
    for (const [method, verb] of [
      ['PATCH', 'stop'],
      ['POST', 'stopByPost'],
    ] as const) {
      const schema = { ...named(place, `${verb}${operation}`), params: SessionParams, response }
      app.route({ method, url, config, schema, handler: stop })
    }
  }
}
