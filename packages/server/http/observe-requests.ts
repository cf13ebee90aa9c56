import type { KeyOwner, RequestLog } from '@parlor/core/account'
import type { Clock } from '@parlor/core/time'
import type { Logger } from 'pino'
import type { Metrics } from '../ops/metrics.ts'
import type { App } from './app-types.ts'
import { historyRecord } from './history.ts'

/** Who hears of every request. */
export interface Observers {
  logger: Logger
  metrics: Pick<Metrics, 'countRequest'>
  requests: Pick<RequestLog, 'record'>
  clock: Clock
}

/**
 * The request id goes out with every answer. What has been answered is counted, logged (the route's pattern, never the URL) and,
 * when it was asked with a key, kept in the history: in one hook, which looks at the route once, because both cost something
 * each time.
 */
export function observeRequests(app: App, { logger, metrics, requests, clock }: Observers): void {
  const loggerOf = callerLoggers(logger)
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const { method, caller } = request
    const { url: route = 'unmatched', schema } = request.routeOptions
    const { statusCode: status, elapsedTime: ms } = reply
    metrics.countRequest(method, route, status, ms / 1000)
    loggerOf(caller).info({ reqId: request.id, method, route, status, ms: Math.round(ms * 100) / 100 }, 'request')
    if (caller !== null)
      requests.record(historyRecord(request, { caller, status, ms, operation: schema?.operationId }, clock))
    done()
  })
}

/** A logger that names the caller, made once for each: the fields of a line that differ are then few. */
function callerLoggers(logger: Logger): (caller: KeyOwner | null) => Logger {
  const known = new WeakMap<KeyOwner, Logger>()
  return (caller) => {
    if (caller === null) return logger
    let found = known.get(caller)
    if (found === undefined) {
      found = logger.child({ account: caller.account.id, key: caller.key.id })
      known.set(caller, found)
    }
    return found
  }
}
