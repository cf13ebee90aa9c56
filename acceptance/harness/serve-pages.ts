import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { findFreePort } from './free-port.ts'

export interface Pages extends AsyncDisposable {
  url: string
}

export interface TestPage {
  html?: string
  headers?: Record<string, string | string[]>
  status?: number
  /** Never answers. */
  hangs?: boolean
}

/** A customer's site on a port of its own: path to page. */
export function servePages(pages: Record<string, TestPage>): Promise<Pages> {
  return listen((incoming, response) => {
    const { html = '', headers = {}, status = 200, hangs = false } = pages[incoming.url ?? ''] ?? { status: 404 }
    if (hangs) return
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers })
    response.end(html)
  })
}

/** What stands before a server and passes on everything but WebSocket upgrades. */
export function serveWithoutUpgrades(targetPort: () => number, port?: number): Promise<Pages> {
  return listen((incoming, response) => {
    const { connection: _, upgrade: __, ...headers } = incoming.headers
    const { method, url: path } = incoming
    const onward = request({ host: '127.0.0.1', port: targetPort(), method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.writeHead(502).end())
    incoming.pipe(onward)
  }, port)
}

async function listen(
  answer: (incoming: IncomingMessage, response: ServerResponse) => void,
  wanted?: number,
): Promise<Pages> {
  const port = wanted ?? (await findFreePort())
  const server: Server = createServer(answer)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
