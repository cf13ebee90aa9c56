import type { Request, RequestHandler } from 'express'
import { answerPages } from './answer-page.ts'
import type { SessionOptions } from './session-options.ts'

export type { ChatSessionForPage, SessionForPage, WidgetSessionForPage } from './mint-session.ts'
export type { ChatSessionOptions, SessionOptions, WidgetSessionOptions } from './session-options.ts'

/**
 * A handler for Express 4 and 5 that gives a page a token for a session. What `user` throws goes to Express.
 * @throws TypeError where an option can never work.
 * @example
 * app.post('/session', createExpressHandler({ kind: 'chat', embedOrigin: 'https://shop.example', expiresAfter: 600 }))
 */
export function createExpressHandler(options: SessionOptions<Request>): RequestHandler {
  const answer = answerPages(options)
  return (request, response, next) => {
    const caller = { method: request.method, fetchSite: request.get('sec-fetch-site'), request }
    answer(caller).then(({ status, headers, body }) => void response.status(status).set(headers).json(body), next)
  }
}
