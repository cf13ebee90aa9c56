import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createExpressHandler, type SessionOptions } from '@parlor/sdk/server/express'
import { createFastifyHandler } from '@parlor/sdk/server/fastify'
import { createHonoHandler } from '@parlor/sdk/server/hono'
import { createNextHandler } from '@parlor/sdk/server/next'
import express, { type ErrorRequestHandler } from 'express'
import { fastify } from 'fastify'
import { Hono } from 'hono'

/** A customer's site with one route, `/session`, that any method reaches. */
export interface Site extends AsyncDisposable {
  url: string
}

/** What all four are told alike; who asks is in a header of ours, as if a log-in had put it there. */
export type Wanted =
  SessionOptions<never> extends infer Options
    ? Options extends { user?: unknown }
      ? Omit<Options, 'user'> & { user?: (name: string | undefined) => string | null | undefined }
      : never
    : never

const userHeader = 'x-logged-in'

interface LoggedIn {
  Variables: { user: string | undefined }
}

/** Each adapter in an application of its framework. */
export const sites: Readonly<Record<string, (wanted: Wanted) => Promise<Site>>> = {
  async express({ user, ...options }) {
    const app = express()
    app.all('/session', createExpressHandler({ ...options, user: (request) => user?.(request.get(userHeader)) }))
    const hide: ErrorRequestHandler = (_error, _request, response, _next) => void response.status(500).send('oh')
    app.use(hide)
    return listen(createServer(app))
  },
  async fastify({ user, ...options }) {
    const app = fastify()
    const named = (value: unknown) => (typeof value === 'string' ? value : undefined)
    app.all('/session', createFastifyHandler({ ...options, user: ({ headers }) => user?.(named(headers[userHeader])) }))
    const url = await app.listen({ host: '127.0.0.1', port: 0 })
    return { url, [Symbol.asyncDispose]: () => app.close() }
  },
  async hono({ user, ...options }) {
    const app = new Hono<LoggedIn>()
    app.use(async (context, next) => {
      context.set('user', context.req.header(userHeader))
      await next()
    })
    app.all('/session', createHonoHandler<LoggedIn>({ ...options, user: (context) => user?.(context.get('user')) }))
    return listen(createServer(bridge(async (request) => app.fetch(request))))
  },
  async next({ user, ...options }) {
    const named = (request: Request) => user?.(request.headers.get(userHeader) ?? undefined)
    return listen(createServer(bridge(createNextHandler({ ...options, user: named }))))
  },
}

/** What runs handlers that take a `Request`, as their frameworks do. */
function bridge(handle: (request: Request) => Promise<Response>): Parameters<typeof createServer>[1] & object {
  return async (incoming, response) => {
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)])
    const { method = 'GET', url } = incoming
    const answer = await handle(new Request(`http://site.test${url}`, { method, headers })).catch(
      () => new Response('oh', { status: 500 }),
    )
    response.writeHead(answer.status, [...answer.headers].flat())
    response.end(await answer.text())
  }
}

async function listen(server: Server): Promise<Site> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
