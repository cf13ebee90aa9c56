import type { KeyOwner, RequestRecord } from '@parlor/core/account'
import { type Clock, newId } from '@parlor/core/time'
import type { FastifyRequest } from 'fastify'

const longestPath = 500
/** No id is longer. What is longer was put into the path by mistake, and may be a key or a token. */
const longestSegment = 40
const longestAgent = 300

/** How a call with a key went; `ms` is how long it took. */
export interface Outcome {
  caller: KeyOwner
  status: number
  ms: number
  operation: string | undefined
}

/**
 * What the history keeps of a call made with a key, a refused one too (contracts B38-B43): which operation, when, how it
 * went. No key, no token, no body, and the path without its query.
 */
export function historyRecord(request: FastifyRequest, outcome: Outcome, clock: Clock): RequestRecord {
  const { caller, status, ms, operation = '' } = outcome
  return {
    id: newId(clock),
    accountId: caller.account.id,
    keyId: caller.key.id,
    time: clock.now() - Math.round(ms),
    method: request.method,
    path: pathWithoutSecrets(request.url),
    operation,
    status,
    userAgent: request.headers['user-agent']?.slice(0, longestAgent) ?? null,
    durationMs: Math.round(ms * 100) / 100,
    requestId: request.id,
    address: request.ip,
  }
}

function pathWithoutSecrets(url: string): string {
  const [path = '/'] = url.split('?', 1)
  const segments = path.split('/').map((segment) => (segment.length > longestSegment ? '…' : segment))
  return segments.join('/').slice(0, longestPath)
}
