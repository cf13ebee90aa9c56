import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What was asked, and whether the whole answer was out when the connection closed. */
export interface Asked {
  body: Record<string, unknown> & { messages: Record<string, unknown>[] }
  closed: Promise<'answered' | 'hung up on'>
}

/** What the endpoint does with one request, on the wire. */
export type Act = (wire: Wire) => unknown

export interface Wire {
  /** One chunk of the stream with this delta. @returns false when nobody reads as fast as it comes. */
  delta(delta: object): boolean
  /** The last chunk, the usage and the end of the stream. */
  finish(reason?: string, usage?: object): void
  response: ServerResponse
}

/** A real endpoint on a port of this machine; it does what `act` says, whatever is asked. */
export async function openEndpoint(act: Act) {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const closed = new Promise<'answered' | 'hung up on'>((resolve) => {
      response.on('close', () => resolve(response.writableFinished ? 'answered' : 'hung up on'))
    })
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    asked.push({ body: JSON.parse(Buffer.concat(chunks).toString('utf8')), closed })
    act(wireOver(response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    endpoint: { baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: null },
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function wireOver(response: ServerResponse): Wire {
  const send = (chunk: object) => {
    if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' })
    return response.write(`data: ${JSON.stringify({ id: 'x', created: 1, model: 'fake', ...chunk })}\n\n`)
  }
  return {
    response,
    delta: (delta) => send({ choices: [{ index: 0, delta, finish_reason: null }] }),
    finish(reason = 'stop', usage) {
      send({ choices: [{ index: 0, delta: {}, finish_reason: reason }], ...(usage && { usage }) })
      response.end('data: [DONE]\n\n')
    },
  }
}

/** The first piece of a call, or of the whole of it. */
export function beginCall(index: number, name: string, args: string, id = `call-${index}`): object {
  return { tool_calls: [{ index, id, type: 'function', function: { name, arguments: args } }] }
}

/** More arguments of the call with this index. */
export function goOn(index: number, args: string): object {
  return { tool_calls: [{ index, function: { arguments: args } }] }
}
