import type { FastifyReply, FastifyRequest } from 'fastify'

/** What a page may read of an answer beside its body. */
const exposedHeaders = [
  'x-request-id',
  'idempotent-replayed',
  'retry-after',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
].join(', ')

/** Seconds a browser may remember a preflight. */
const rememberedSeconds = 600

/**
 * Lets the page that calls read the answer, a refusal too (contracts Q16, X3): it came with a publishable key or with none, so
 * there is nothing in it to hide from whoever sent it. No cookie is ever read, so none is allowed to come.
 */
export function letPageRead(request: FastifyRequest, reply: FastifyReply): void {
  const { origin } = request.headers
  reply.header('vary', 'origin')
  if (origin === undefined) return
  reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': exposedHeaders })
}

/** A preflight carries no key, so nothing can be judged by it: from anywhere it is told what pages may send. */
export function answerPreflight(
  request: FastifyRequest,
  reply: FastifyReply,
  methods: readonly string[],
): FastifyReply {
  const asked = request.headers['access-control-request-headers']
  letPageRead(request, reply)
  reply.headers({
    'access-control-allow-methods': [...new Set([...methods, 'OPTIONS'])].join(', '),
    'access-control-max-age': rememberedSeconds,
    vary: 'origin, access-control-request-headers',
  })
  if (asked !== undefined) reply.header('access-control-allow-headers', asked)
  return reply.code(204).send()
}
