import type { Context, Env, Handler } from 'hono'
import { answerPages } from './answer-page.ts'
import type { SessionOptions } from './session-options.ts'

export type { ChatSessionForPage, SessionForPage, WidgetSessionForPage } from './mint-session.ts'
export type { ChatSessionOptions, SessionOptions, WidgetSessionOptions } from './session-options.ts'

/**
 * A handler for Hono 4, on whatever runs it, that gives a page a token for a session. `user` is handed the context; what it throws
 * goes to Hono. Where `user` reads variables of yours, name their type: `createHonoHandler<{ Variables: { user: string } }>(…)`.
 * @throws TypeError where an option can never work.
 * @example
 * app.post('/session', createHonoHandler({ kind: 'chat', embedOrigin: 'https://shop.example', expiresAfter: 600 }))
 */
export function createHonoHandler<E extends Env = Env>(options: SessionOptions<Context<E>>): Handler<E> {
  const answer = answerPages(options)
  return async (context) => {
    const caller = { method: context.req.method, fetchSite: context.req.header('sec-fetch-site'), request: context }
    const { status, headers, body } = await answer(caller)
    return context.json(body, status, headers)
  }
}
