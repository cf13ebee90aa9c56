import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface OddAnswer {
  status?: number
  headers?: Record<string, string>
  /** An object goes out as JSON, with its content type; a text as it is. */
  body?: object | string
  /** `hang`: no head ever comes. `stall`: the body stops in the middle. `cut`: it ends there. `drop`: the connection ends before the head. */
  does?: 'hang' | 'stall' | 'cut' | 'drop'
}

export interface OddRequest {
  /** `POST /rpc/...`, with the query. */
  line: string
  headers: IncomingHttpHeaders
  body: unknown
  /** By `performance.now()`. */
  at: number
}

/** A server that gives the answers it was told to, one after another, and the last one again and again. */
export interface OddServer extends AsyncDisposable {
  url: string
  requests: OddRequest[]
  answers(...answers: OddAnswer[]): void
}

export async function startOddServer(): Promise<OddServer> {
  const requests: OddRequest[] = []
  let answers: OddAnswer[] = []
  const server = createServer(async (request, response) => {
    const at = performance.now()
    const sent = await text(request)
    const { method, url, headers } = request
    requests.push({ line: `${method} ${url}`, headers, body: sent === '' ? undefined : JSON.parse(sent), at })
    give(response, (answers.length > 1 ? answers.shift() : answers[0]) ?? {})
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answers: (...next) => {
      answers = next
      requests.length = 0
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function give(response: ServerResponse, { status = 200, headers = {}, body = '', does }: OddAnswer): void {
  if (does === 'drop') response.destroy()
  if (does === 'hang' || does === 'drop') return
  const isText = typeof body === 'string'
  const sent = isText ? body : JSON.stringify(body)
  const isCut = does === 'cut' || does === 'stall'
  response.writeHead(status, {
    ...(!isText && { 'content-type': 'application/json' }),
    ...(isCut && { 'content-length': String(sent.length + 10) }),
    ...headers,
  })
  if (!isCut) response.end(sent)
  else response.write(sent, () => does === 'cut' && response.destroy())
}

/** What a server that works answers to a create call. */
export const created = {
  client_token: 'aaa.bbb.ccc',
  embed_origin: 'https://www.example.com',
  expires_after: 3600,
  status: 'active',
}

/** A refusal in the server's own form. */
export function refusal(name: string): object {
  return { name, id: 'abcdefgh', message: 'No.', temporary: false, timeout: false, fault: false }
}

export const askedBody = { createRequestBody: { embedOrigin: 'https://www.example.com' } }
