import type { ErrorCode, ParlorError } from '@parlor/core/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** What JSON-RPC calls it: its own four words, and one for all that it has no word for. */
const rpcCodes = { parse: -32700, request: -32600, params: -32602, internal: -32603, other: -32000 } as const

interface Shown {
  status: number
  code: (typeof rpcCodes)[keyof typeof rpcCodes]
}

const { request, params, internal, other } = rpcCodes

/** How each code is shown here. The union makes a forgotten code fail to compile. */
const mcpErrors: Record<ErrorCode, Shown> = {
  invalid_request: { status: 400, code: request },
  validation_failed: { status: 400, code: params },
  missing_key: { status: 401, code: other },
  invalid_key: { status: 401, code: other },
  insufficient_scope: { status: 403, code: other },
  not_found: { status: 404, code: other },
  method_not_allowed: { status: 405, code: other },
  conflict: { status: 409, code: other },
  forbidden: { status: 403, code: other },
  payload_too_large: { status: 413, code: other },
  unsupported_media_type: { status: 415, code: other },
  rate_limited: { status: 429, code: other },
  concurrency_reached: { status: 429, code: other },
  account_suspended: { status: 401, code: other },
  invalid_token: { status: 401, code: other },
  session_ended: { status: 401, code: other },
  session_bound: { status: 403, code: other },
  invalid_visitor: { status: 401, code: other },
  origin_refused: { status: 403, code: other },
  feature_disabled: { status: 403, code: other },
  message_too_long: { status: 413, code: other },
  session_limit: { status: 402, code: other },
  model_failed: { status: 502, code: other },
  // As on the other routes that take a chat token: a store that cannot be read is an error at once (contracts C15).
  unavailable: { status: 500, code: internal },
  internal: { status: 500, code: internal },
}

/** A refusal as a JSON-RPC error, whose `data` holds our own code, the request's id and what is known of the reason. */
export function renderMcpError(error: ParlorError, { id }: FastifyRequest, reply: FastifyReply) {
  const { status, code } = mcpErrors[error.code]
  reply.code(status)
  if (status === 401) reply.header('www-authenticate', challengeFor(error.code))
  return {
    jsonrpc: '2.0',
    error: {
      code: isNotJson(error) ? rpcCodes.parse : code,
      message: error.message,
      data: { code: error.code, request_id: id, ...error.facts },
    },
    id: null,
  }
}

/** A token that came and is worth nothing is named as RFC 6750 has it; where none came, nothing is said of one. */
function challengeFor(code: ErrorCode): string {
  return code === 'missing_key' ? 'Bearer realm="parlor"' : 'Bearer realm="parlor", error="invalid_token"'
}

function isNotJson({ cause }: ParlorError): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'FST_ERR_CTP_INVALID_JSON_BODY'
}
