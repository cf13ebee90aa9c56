import { ParlorError } from '@parlor/core/errors'
import { isOver } from '@parlor/core/session'
import { newId } from '@parlor/core/time'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../http/app-types.ts'
import { once } from '../../http/idempotency.ts'
import { liftConfig } from './agents.ts'
import type { MadeSession, MakeSession } from './make-session.ts'
import { callerOf, named, type WirePlace, writeRoute } from './place.ts'
import { type SessionWish, wishOfPass, wishOfSession } from './read-wish.ts'
import { pictureBodyLimit } from './ref-image.ts'
import { renderMade } from './render-session.ts'
import { CreatedSessionAnswer, CreateSessionBody, StartPassBody } from './session-schemas.ts'
import type { AvatarWire } from './wire.ts'
import { withWireNames } from './with-wire-names.ts'

type MakeOnce = (request: FastifyRequest, reply: FastifyReply, readWish: () => SessionWish) => Promise<MadeSession>

/** `POST /sessions` (contracts 2.2) and `POST /session-passes` (2.3): 201, durable, once the room can be joined. */
export function registerCreateSession(app: App, wire: AvatarWire, place: WirePlace, make: MakeSession): void {
  const makeOnce = onceMaker(wire, make)
  app.post(
    `${place.prefix}/sessions`,
    {
      config: writeRoute,
      bodyLimit: pictureBodyLimit,
      preValidation: async (request) => liftAgent(request.body),
      schema: {
        ...named(place, 'createAvatarSession'),
        body: CreateSessionBody,
        response: { 201: CreatedSessionAnswer },
      },
    },
    async (request, reply) => {
      const made = await makeOnce(request, reply, () => wishOfSession(request.body))
      return reply.code(201).send(await renderMade(wire, callerOf(request).account, made))
    },
  )
  app.post(
    `${place.prefix}/session-passes`,
    {
      config: { credential: { kind: 'client_key' } },
      schema: { ...named(place, 'startSessionPass'), body: StartPassBody, response: { 201: CreatedSessionAnswer } },
    },
    async (request, reply) => {
      const made = await makeOnce(request, reply, () => wishOfPass(request.body))
      return reply.code(201).send(await renderMade(wire, callerOf(request).account, made, 'page'))
    },
  )
}

/** No token is kept: for a repeated request the room's are minted anew. */
function onceMaker(wire: AvatarWire, make: MakeSession): MakeOnce {
  return (request, reply, readWish) => {
    reply.header('cache-control', 'no-store')
    const owner = callerOf(request)
    const order = async (intendedId?: string) => make({ owner, wish: readWish(), intendedId })
    const run = (intendedId?: string) => withWireNames(order(intendedId))
    const keeping = {
      intends: newId(wire.clock),
      refer: ({ session }: MadeSession) => session.id,
      recall: (id: string) => recallSession(wire, id),
    }
    return once(wire, request, reply, run, keeping)
  }
}

/** @throws ParlorError `conflict` for a session that is over: its tokens would open nothing. */
async function recallSession({ sessions, rooms, clock }: AvatarWire, id: string): Promise<MadeSession> {
  const session = await sessions.findSession(id)
  if (session !== null && !isOver(session, clock.now())) return { session, ...(await rooms.grant(session)) }
  throw new ParlorError('conflict', {
    message: 'The session made with this Idempotency-Key is over. Use a new key for a new one.',
  })
}

/** Older pages nest what an agent is made from in `config` (contracts E9). */
function liftAgent(body: unknown): void {
  if (typeof body !== 'object' || body === null || !('agent' in body)) return
  body.agent = liftConfig(body.agent)
}
