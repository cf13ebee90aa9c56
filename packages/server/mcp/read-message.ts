import type { IncomingHttpHeaders } from 'node:http'
import { ParlorError } from '@parlor/core/errors'

/** More messages at once than any client sends; each may be a search. */
const longestBatch = 10
const bothForms = 'application/json, text/event-stream'

/** The headers the protocol reads. */
const readHeaders = ['content-type', 'mcp-protocol-version', 'mcp-method', 'mcp-name'] as const

/**
 * A body that can be handed on.
 * @throws ParlorError `invalid_request` where there is none, `payload_too_large` for a long batch, `invalid_request` for a
 * subscription: it would be a stream that outlives the call.
 */
export function readMessage(body: unknown): unknown {
  if (body === undefined || body === null) {
    throw new ParlorError('invalid_request', { message: 'The body is empty. Send one JSON-RPC message.' })
  }
  const messages = Array.isArray(body) ? body : [body]
  if (messages.length > longestBatch) {
    throw new ParlorError('payload_too_large', {
      message: `A batch may have ${longestBatch} messages here. Send each by itself.`,
    })
  }
  if (messages.some((one) => methodOf(one) === 'subscriptions/listen')) {
    throw new ParlorError('invalid_request', { message: 'There is nothing to subscribe to: answers are JSON only.' })
  }
  return Array.isArray(body) ? withoutNotices(body) : body
}

/** Nothing here heeds a notification, and one that calls a request of its own batch off would leave that without an answer. */
function withoutNotices(batch: readonly unknown[]): unknown {
  const asked = batch.filter((one) => !methodOf(one)?.startsWith('notifications/'))
  return asked.length === 0 ? batch : asked
}

function methodOf(message: unknown): string | undefined {
  const method = typeof message === 'object' && message !== null && 'method' in message ? message.method : undefined
  return typeof method === 'string' ? method : undefined
}

/** Clients that would take a stream as well say so; those that only take JSON get nothing else anyway. */
export function readProtocolHeaders(headers: IncomingHttpHeaders): Headers {
  const given = headers.accept ?? '*/*'
  const takesJson = /application\/(json|\*)|\*\/\*/i.test(given)
  const read = new Headers({ accept: takesJson ? bothForms : given })
  for (const name of readHeaders) {
    const value = headers[name]
    if (typeof value === 'string') read.set(name, value)
  }
  return read
}
