import { frameAncestors } from '@parlor/core/origin'
import type { FastifyReply } from 'fastify'
import type { App } from '../http/app-types.ts'
import type { Manifest } from './assets.ts'
import { SessionQuery } from './check.ts'
import { renderPage, renderPlainPage } from './render-page.ts'
import { findSitePolicy, type SitePolicyPorts } from './site-policy.ts'

/**
 * `GET /embed?session=`: the page inside the frame. In a frame every request carries our own origin, so the browser itself
 * must refuse foreign pages: `frame-ancestors` is built from this session's lists, and the server later takes only a token
 * of the session named here (design 5, "Origin").
 */
export function registerFramePage(app: App, ports: SitePolicyPorts, manifest: Manifest): void {
  const page = renderPage(manifest)
  app.get(
    '/embed',
    { config: { credential: { kind: 'session_id' } }, schema: { querystring: SessionQuery } },
    async (request, reply) => {
      const found = await findSitePolicy(ports, request.query.session)
      if (found === null) {
        sendHeaders(reply, ["frame-ancestors 'none'"], ports.publicUrl)
        const text = 'There is no such session here, or it was removed long ago.'
        return reply.code(404).send(renderPlainPage('Not found', text, request.id))
      }
      sendHeaders(reply, frameAncestors(found.policy), ports.publicUrl)
      return reply.send(page)
    },
  )
}

/** The strictest policy the frame works under. A second header carries a second list: a page must satisfy both. */
export function sendHeaders(reply: FastifyReply, ancestors: string[], publicUrl: URL): void {
  const socket = publicUrl.origin.replace(/^http/, 'ws')
  const own = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self' blob:",
    `connect-src 'self' ${socket}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const [first, ...others] = ancestors
  reply.headers({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': [first === undefined ? own : `${own}; ${first}`, ...others],
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'permissions-policy': 'microphone=(self), autoplay=(self), camera=(), geolocation=(), payment=()',
  })
}
