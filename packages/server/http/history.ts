import type { RequestLog } from '@parlor/core/account'
import { type Clock, newId } from '@parlor/core/time'
import type { FastifyInstance } from 'fastify'

const longestPath = 500
/** No id is longer. What is longer was put into the path by mistake, and may be a key or a token. */
const longestSegment = 40
const longestAgent = 300

/**
 * Keeps the history of calls made with a key, refused ones too (contracts B38-B43): which operation, when, how it went. No
 * key, no token, no body, and the path without its query.
 */
export function keepHistory(app: FastifyInstance, log: Pick<RequestLog, 'record'>, clock: Clock): void {
  app.addHook('onResponse', async (request, reply) => {
    const { caller } = request
    if (caller === null) return
    log.record({
      id: newId(clock),
      accountId: caller.account.id,
      keyId: caller.key.id,
      time: clock.now() - Math.round(reply.elapsedTime),
      method: request.method,
      path: pathWithoutSecrets(request.url),
      operation: request.routeOptions.schema?.operationId ?? '',
      status: reply.statusCode,
      userAgent: request.headers['user-agent']?.slice(0, longestAgent) ?? null,
      durationMs: Math.round(reply.elapsedTime * 100) / 100,
      requestId: request.id,
      address: request.ip,
    })
  })
}

function pathWithoutSecrets(url: string): string {
  const [path = '/'] = url.split('?', 1)
  const segments = path.split('/').map((segment) => (segment.length > longestSegment ? '…' : segment))
  return segments.join('/').slice(0, longestPath)
}
