import {
  createMcpHandler,
  isLegacyRequest,
  type Server,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server'
import { createServer } from './create-server.ts'
import type { McpCall, McpPorts } from './mcp-ports.ts'

/** What is sent back: JSON, or nothing where a notification was taken. */
export interface Served {
  status: number
  type: string | null
  text: string
}

/** A message as it came in, its body parsed. */
export interface Message {
  headers: Headers
  body: unknown
}

/**
 * Answers one message with the official SDK: of the revision that needs no handshake, or of one before it. Nothing is kept
 * between two calls, and no stream is ever opened.
 * @throws whatever failed in a tool, or the signal's reason.
 */
export async function serveCall(ports: McpPorts, call: McpCall, { headers, body }: Message): Promise<Served> {
  let fault: { thrown: unknown } | null = null
  const server = createServer(ports, call, (thrown) => {
    fault ??= { thrown }
  })
  const request = new Request('http://parlor/mcp', { method: 'POST', headers, signal: call.signal })
  const serve = (await isLegacyRequest(request, body)) ? serveLegacy : serveModern
  try {
    const response = await orAborted(serve(server, request, body), call.signal)
    const text = await response.text()
    if (fault !== null) throw (fault as { thrown: unknown }).thrown
    return { status: response.status, type: response.headers.get('content-type'), text }
  } finally {
    await server.close()
  }
}

async function serveModern(server: Server, request: Request, parsedBody: unknown): Promise<Response> {
  const handler = createMcpHandler(() => server, { legacy: 'reject', keepAliveMs: 0 })
  return handler.fetch(request, { parsedBody })
}

async function serveLegacy(server: Server, request: Request, parsedBody: unknown): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true, keepAliveMs: 0 })
  await server.connect(transport)
  return transport.handleRequest(request, { parsedBody })
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', stop))
}
