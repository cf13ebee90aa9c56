import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { postText } from './post-text.ts'

/** A server that answers so; it counts its connections. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  let connections = 0
  const server = createServer(answer).on('connection', () => {
    connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/chat?a=b`,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
const send = (url: string, init: RequestInit = {}) => postText(url, { method: 'POST', body: 'é', ...init })

describe('a text that is posted', () => {
  it('arrives with its headers, and its answer comes back', async () => {
    const came: unknown[] = []
    await using server = await serve(async (request, response) => {
      const pieces: Buffer[] = []
      for await (const piece of request) pieces.push(piece)
      came.push(request.method, request.url, Buffer.concat(pieces).toString(), request.headers)
      response.writeHead(429, { 'retry-after': '3', 'x-many': ['a', 'b'] }).end('bus\u00ff')
    })
    const answer = await send(server.url, { headers: new Headers({ authorization: 'Bearer x' }) })
    expect([answer.status, answer.headers.get('retry-after'), answer.headers.get('x-many')]).toEqual([429, '3', 'a, b'])
    expect(await answer.text()).toBe('bus\u00ff')
    expect(came.slice(0, 3)).toEqual(['POST', '/v1/chat?a=b', 'é'])
    expect(came[3]).toMatchObject({ authorization: 'Bearer x', 'content-length': '2', 'accept-encoding': 'identity' })
  })

  it('goes over the same connection as the one before, once that was read to its end', async () => {
    await using server = await serve((_, response) => response.end('fine'))
    for (let n = 0; n < 3; n += 1) expect(await (await send(server.url)).text()).toBe('fine')
    expect(server.connections()).toBe(1)
  })

  it('is followed nowhere', async () => {
    await using server = await serve((_, response) => response.writeHead(307, { location: '/elsewhere' }).end())
    expect((await send(server.url)).status).toBe(307)
  })

  it.each([204, 304])('may be answered without a body: %i', async (status) => {
    await using server = await serve((_, response) => response.writeHead(status).end())
    expect(await send(server.url)).toMatchObject({ status, body: null })
  })

  it('is refused where nobody listens', async () => {
    const { url, ...server } = await serve(() => {})
    await server[Symbol.asyncDispose]()
    await expect(send(url)).rejects.toThrow()
  })

  it('is refused where what comes is no answer', async () => {
    await using server = await serve((request) => request.socket.end('HTTP/1.1 999 What\r\n\r\n'))
    await expect(send(server.url)).rejects.toThrow()
  })
})

describe('an answer', () => {
  it('comes no faster than it is read', async () => {
    let sent = 0
    await using server = await serve((_, response) => {
      const pump = () => {
        do sent += 65_536
        while (response.write(Buffer.alloc(65_536)) && sent < 64 * 1024 * 1024)
      }
      response.on('drain', () => sent < 64 * 1024 * 1024 && pump())
      pump()
    })
    const reader = (await send(server.url)).body?.getReader()
    await reader?.read()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(sent).toBeLessThan(32 * 1024 * 1024)
    await reader?.cancel()
  })

  it.each(['cancelled', 'aborted'])('that is %s closes the connection', async (how) => {
    const closed = Promise.withResolvers<void>()
    await using server = await serve((_, response) => {
      response.once('close', closed.resolve)
      response.write('a')
    })
    const controller = new AbortController()
    const reader = (await send(server.url, { signal: controller.signal })).body?.getReader()
    await reader?.read()
    const waiting = reader?.read().then(
      () => 'over',
      () => 'over',
    )
    if (how === 'cancelled') await reader?.cancel()
    else controller.abort()
    await closed.promise
    expect(await waiting).toBe('over')
  })

  it('that breaks off fails where it is read', async () => {
    await using server = await serve((_, response) => {
      response.write('a', () => response.destroy())
    })
    await expect((await send(server.url)).text()).rejects.toThrow()
  })

  it('does not come to somebody who has left before', async () => {
    await using server = await serve(() => {})
    await expect(send(server.url, { signal: AbortSignal.abort() })).rejects.toThrow()
  })
})
