import { ParlorError } from '@parlor/core/errors'
import { revokeToken } from '@parlor/core/session'
import type { FastifyRequest } from 'fastify'
import type { App } from '../../http/app-types.ts'
import { NothingAnswer, RevokeQuery } from './schemas.ts'
import { byOperatorOrKey, type ChatWire, projectOf } from './wire.ts'

/**
 * `DELETE /rpc/chatSessions.revoke?token=` (contracts 3.3): when it answers 204, nothing is served on the token any more. A token
 * that is over already, or was never ours, is a bad request: revoking is not idempotent here.
 */
export function registerRevokeSession(app: App, wire: ChatWire): void {
  app.delete(
    '/rpc/chatSessions.revoke',
    {
      config: byOperatorOrKey('chat', true),
      schema: { operationId: 'revokeChatSession', querystring: RevokeQuery, response: { 204: NothingAnswer } },
      preValidation: async (request) => dropEmpty(request),
    },
    async (request, reply) => {
      await revokeToken(wire, request.query.token, 'chat', projectOf(request).id).catch(refuseToken)
      return reply.code(204).send(null)
    },
  )
}

/** An empty token is a missing one. */
function dropEmpty(request: FastifyRequest): void {
  const query = request.query as { token?: unknown }
  if (query.token === '') delete query.token
}

/** Here the token is no credential but what the call is about, so a bad one is the caller's mistake and not a 401. */
function refuseToken(error: unknown): never {
  const isToken = error instanceof ParlorError && (error.code === 'invalid_token' || error.code === 'session_ended')
  if (!isToken) throw error
  const message =
    error.code === 'session_ended'
      ? 'This token is over already: it was revoked, or it expired.'
      : 'This is no token of a chat session made here.'
  throw new ParlorError('invalid_request', { message })
}
