import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export interface Site extends AsyncDisposable {
  port: number
  /** What it was asked, as `METHOD host path`. */
  asked: string[]
  /** Connections that were opened so far. */
  connections(): number
  /** Connections that are open now. */
  open(): number
}

/** Somebody else's server, on this machine. */
export async function openSite(listener: RequestListener, host = '127.0.0.1'): Promise<Site> {
  const asked: string[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const server: Server = createServer((request, response) => {
    asked.push(`${request.method} ${request.headers.host} ${request.url}`)
    listener(request, response)
  })
  server.on('connection', (socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    connections: () => connections,
    open: () => sockets.size,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
