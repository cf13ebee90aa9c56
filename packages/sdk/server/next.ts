import { answerPages } from './answer-page.ts'
import type { SessionOptions } from './session-options.ts'

export type { ChatSessionForPage, SessionForPage, WidgetSessionForPage } from './mint-session.ts'
export type { ChatSessionOptions, SessionOptions, WidgetSessionOptions } from './session-options.ts'

/**
 * A route handler for the App Router of Next.js 14 and later, and for everything else that takes a `Request` and answers with a
 * `Response`: it gives a page a token for a session. What `user` throws goes to Next.js.
 * @throws TypeError where an option can never work.
 * @example
 * export const POST = createNextHandler({ kind: 'chat', embedOrigin: 'https://shop.example', expiresAfter: 600 })
 */
export function createNextHandler(options: SessionOptions<Request>): (request: Request) => Promise<Response> {
  const answer = answerPages(options)
  return async (request) => {
    const caller = { method: request.method, fetchSite: request.headers.get('sec-fetch-site'), request }
    const { status, headers, body } = await answer(caller)
    return Response.json(body, { status, headers })
  }
}
