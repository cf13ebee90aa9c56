import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** What the server does with one request. */
export type Script = (response: ServerResponse) => void

export interface Seen {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
  /** When it came, by the process's own clock, in milliseconds. */
  at: number
}

/** A server on a port of this machine that misbehaves as it is told: the first request gets the first script, and so on; the last one stays. */
export async function misbehave(...scripts: Script[]): Promise<AsyncDisposable & { url: string; seen: Seen[] }> {
  const seen: Seen[] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    const at = performance.now()
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      seen.push({ method, path, headers, body: Buffer.concat(pieces).toString(), at })
      scripts[Math.min(seen.length, scripts.length) - 1]?.(response)
    })
  })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

export const says =
  (status: number, body: unknown, headers: Record<string, string> = {}): Script =>
  (response) =>
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body))

/** Never says a word. */
export const hangs: Script = () => {}

/** Says half of it, then nothing more. */
export const hangsHalfway: Script = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 }).write('{"data":[')
}

/** Says half of it, then hangs up. */
export const cuts: Script = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 }).write('{"data":[')
  // What was written has to be out before.
  setImmediate(() => response.destroy())
}

/** Streams these events, then ends the stream, or does what `then` says. */
export const streams =
  (events: readonly object[], then: 'ends' | 'cuts' | 'hangs' = 'ends', last = ''): Script =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    response.write(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('') + last, () => {
      if (then === 'ends') response.end()
      if (then === 'cuts') setImmediate(() => response.destroy())
    })
  }
