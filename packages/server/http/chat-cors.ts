import type { FastifyReply, FastifyRequest } from 'fastify'

/** What browsers are told on the paths of the chat wire (contracts 3.6, outer layer). */
const methods = 'POST, GET, OPTIONS, PUT, DELETE'

const allowedHeaders = [
  'Accept',
  'Accept-Encoding',
  'Authorization',
  'Content-Length',
  'Content-Type',
  'Gram-Admin-Override',
  'Gram-Assistant-ID',
  'Gram-Chat-ID',
  'Gram-Chat-Session',
  'Gram-Key',
  'Gram-Project',
  'Gram-Session',
  'Gram-Token',
  'idempotency-key',
  'Mcp-Method',
  'Mcp-Name',
  'MCP-Protocol-Version',
  'Mcp-Session-Id',
  'User-Agent',
  'X-Gram-Scope-Override',
  'X-Gram-Source',
].join(', ')

const exposedHeaders = [
  'Accept',
  'Accept-Encoding',
  'Content-Length',
  'Content-Type',
  'Gram-Chat-ID',
  'Gram-Chat-Session',
  'Gram-Session',
  'Mcp-Session-Id',
  'x-trace-id',
  // Ours: what a page may show its support, and how long to wait.
  'x-request-id',
  'Retry-After',
].join(', ')

/** The headers of every answer: to a page of `origin` they say that it may read it, until something else is decided. */
export function setCors(request: FastifyRequest, reply: FastifyReply, origin: string): void {
  reply.headers({
    'access-control-allow-origin': origin,
    'access-control-allow-methods': methods,
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers': allowedHeaders,
    'access-control-expose-headers': exposedHeaders,
    'x-trace-id': request.id,
    vary: 'origin',
  })
}

/** A preflight allows whatever is asked: it carries no token, so nothing can be judged by it (row 1). */
export function answerPreflight(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const asked = request.headers['access-control-request-headers']
  setCors(request, reply, request.headers.origin ?? '')
  if (asked !== undefined) reply.header('access-control-allow-headers', asked)
  return reply.code(204).send()
}
