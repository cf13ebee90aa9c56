import { readFileSync } from 'node:fs'
import swagger from '@fastify/swagger'
import type { FastifyReply } from 'fastify'
import type { App } from '../http/app-types.ts'
import { describeRoute, securitySchemes } from './describe.ts'
import { type OpenApi, renderDocs } from './render-docs.ts'

export interface ReferencePorts {
  version: string
  publicUrl: URL
}

/** Watches the routes to come and describes them; to be awaited before the first of them. */
export async function watchOperations(app: App, { version, publicUrl }: ReferencePorts): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Parlor',
        version,
        description: 'Session platform for AI avatars and chat in other people’s web pages.',
      },
      servers: [{ url: publicUrl.origin }],
      components: { securitySchemes },
    },
    // The plugin's types know a JSON schema less strictly than Fastify's; the values are the same.
    transform: describeRoute as never,
  })
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** `/openapi.json`, and `/docs` with the account's own history beside each operation once a key is typed there. */
export function registerReference(app: App): void {
  const config = { credential: { kind: 'none' } } as const
  let page: string | null = null
  app.get('/openapi.json', { config }, async (_request, reply) => {
    reply.header('access-control-allow-origin', '*')
    return app.swagger()
  })
  app.get('/docs', { config }, (_request, reply) => {
    page ??= renderDocs(app.swagger() as unknown as OpenApi)
    return send(reply, 'text/html; charset=utf-8', page)
  })
  for (const [name, type] of [
    ['docs.js', 'text/javascript; charset=utf-8'],
    ['docs.css', 'text/css; charset=utf-8'],
  ] as const) {
    const text = readFileSync(new URL(`./site/${name}`, import.meta.url), 'utf8')
    app.get(`/docs/${name}`, { config }, (_request, reply) => send(reply, type, text))
  }
}

function send(reply: FastifyReply, type: string, text: string): FastifyReply {
  reply.headers({
    'content-type': type,
    'content-security-policy': policy,
    'cache-control': 'no-cache',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  return reply.send(text)
}
