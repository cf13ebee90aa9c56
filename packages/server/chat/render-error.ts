import type { ParlorError } from '@parlor/core/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { renderChatError } from '../wires/chat-rpc/index.ts'

/**
 * An error on the raw routes of the chat wire (contracts 3.5): the six fields of the others with the statuses these routes
 * have beside them, and what OpenAI's clients read.
 */
export function renderRawError(error: ParlorError, request: FastifyRequest, reply: FastifyReply) {
  const body = { ...renderChatError(error, request, reply), ...special(error) }
  const { status = reply.statusCode, ...shown } = body
  if (status >= 500) shown.temporary = true
  const wait = error.facts.retry_after
  if (typeof wait === 'number') reply.header('retry-after', wait)
  reply.code(status)
  reply.header('goa-error', shown.name)
  return { ...shown, error: renderOpenAiError(error, { status, name: shown.name }) }
}

/** What differs from the routes that are no raw ones. */
function special(error: ParlorError): { status?: number; name?: string; fault?: boolean; timeout?: boolean } {
  const isHeader = error.code === 'validation_failed' && error.faults[0]?.path[0] === 'headers'
  if (isHeader) return { status: 422, name: 'invalid' }
  // The name goes with 502 (contracts 3.5); that it was a matter of time is said by its own field.
  if (error.facts.timeout === true) return { timeout: true }
  if (error.facts.leaving === true) return { status: 503, name: 'unavailable', fault: false }
  return {}
}

/** How an error looks to OpenAI's clients. */
function renderOpenAiError(error: ParlorError, { status, name }: { status: number; name: string }) {
  const [fault] = error.faults
  const path = fault?.path.slice(1).join('.')
  const { reason } = error.facts
  const shown = { message: error.message, type: typeOf(status), code: name, param: path || null }
  return { ...shown, ...(reason !== undefined && { reason }) }
}

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error'
  if (status === 403) return 'permission_error'
  if (status === 402) return 'insufficient_quota'
  if (status === 429) return 'rate_limit_error'
  return status >= 500 ? 'server_error' : 'invalid_request_error'
}

/** The last thing a stream says that did not come to its end. Nothing like `[DONE]` follows. */
export function renderStreamError(error: ParlorError): string {
  const [status, name] = brokenStreams[error.code] ?? [500, 'unexpected']
  return `data: ${JSON.stringify({ error: renderOpenAiError(error, { status, name }) })}\n\n`
}

const brokenStreams: Partial<Record<ParlorError['code'], [number, string]>> = {
  model_failed: [502, 'gateway_error'],
  session_ended: [401, 'unauthorized'],
  unavailable: [503, 'unavailable'],
}
