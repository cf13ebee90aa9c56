import { judgeOrigin } from '@parlor/core/origin'
import Type from 'typebox'
import type { App } from '../http/app-types.ts'
import { findSitePolicy, type SitePolicyPorts } from './site-policy.ts'

/** Ids are short; a longer one is not looked up. */
export const SessionQuery = Type.Object({ session: Type.String({ maxLength: 200, default: '' }) })

/**
 * `GET /embed/check?session=`: tells the loader, before it frames anything, whether its page may embed this session.
 * A blocked frame can say nothing, so the loader draws the refusal from this answer. Needs no token and tells no more than
 * the frame page's own header does.
 */
export function registerCheck(app: App, ports: SitePolicyPorts): void {
  app.get(
    '/embed/check',
    { config: { credential: { kind: 'session_id' } }, schema: { querystring: SessionQuery } },
    async (request, reply) => {
      reply.headers({ 'access-control-allow-origin': '*', 'cache-control': 'no-store' })
      const found = await findSitePolicy(ports, request.query.session)
      // A page on our own origin sends no Origin with a GET; it is judged like any other page.
      const origin = request.headers.origin ?? ports.publicUrl.origin
      if (found === null) {
        reply.code(404)
        const message = 'There is no such session here. Create one on your backend and use its token.'
        return { allowed: false, rule: 'unknown_session', origin, message, request_id: request.id }
      }
      const verdict = judgeOrigin(found.policy, origin)
      if (verdict.allowed) return { allowed: true }
      reply.code(403)
      request.log.warn({ rule: verdict.rule, origin: verdict.origin, session: found.session.id }, 'embedding refused')
      return { ...verdict, request_id: request.id }
    },
  )
}
