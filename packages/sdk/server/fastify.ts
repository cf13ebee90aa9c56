import type { FastifyReply, FastifyRequest } from 'fastify'
import { answerPages } from './answer-page.ts'
import type { SessionOptions } from './session-options.ts'

export type { ChatSessionForPage, SessionForPage, WidgetSessionForPage } from './mint-session.ts'
export type { ChatSessionOptions, SessionOptions, WidgetSessionOptions } from './session-options.ts'

/** What Fastify calls with each request. */
export type FastifyHandler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/**
 * A handler for Fastify 4 and 5 that gives a page a token for a session. What `user` throws goes to Fastify.
 * @throws TypeError where an option can never work.
 * @example
 * app.post('/session', createFastifyHandler({ kind: 'chat', embedOrigin: 'https://shop.example', expiresAfter: 600 }))
 */
export function createFastifyHandler(options: SessionOptions<FastifyRequest>): FastifyHandler {
  const answer = answerPages(options)
  return async (request, reply) => {
    const fetchSite = String(request.headers['sec-fetch-site'] ?? '')
    const { status, headers, body } = await answer({ method: request.method, fetchSite, request })
    return reply.code(status).headers(headers).send(body)
  }
}
