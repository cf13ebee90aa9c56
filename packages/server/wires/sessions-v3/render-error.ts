import { STATUS_CODES } from 'node:http'
import type { ErrorCode, ParlorError } from '@parlor/core/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** How each code is shown on this wire (contracts 2.5). The union makes a forgotten code fail to compile. */
export const avatarErrors: Record<ErrorCode, { status: number; code: string }> = {
  invalid_request: { status: 400, code: 'INVALID_REQUEST' },
  validation_failed: { status: 400, code: 'VALIDATION_ERROR' },
  missing_key: { status: 401, code: 'MISSING_API_KEY' },
  invalid_key: { status: 401, code: 'INVALID_API_KEY' },
  insufficient_scope: { status: 403, code: 'INSUFFICIENT_PERMISSIONS' },
  not_found: { status: 404, code: 'NOT_FOUND' },
  method_not_allowed: { status: 405, code: 'METHOD_NOT_ALLOWED' },
  conflict: { status: 409, code: 'CONFLICT' },
  forbidden: { status: 403, code: 'FORBIDDEN' },
  payload_too_large: { status: 413, code: 'PAYLOAD_TOO_LARGE' },
  unsupported_media_type: { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' },
  rate_limited: { status: 429, code: 'RATE_LIMIT_EXCEEDED' },
  concurrency_reached: { status: 429, code: 'CONCURRENCY_LIMIT_REACHED' },
  account_suspended: { status: 403, code: 'ACCOUNT_SUSPENDED' },
  invalid_token: { status: 401, code: 'INVALID_TOKEN' },
  session_ended: { status: 410, code: 'SESSION_ENDED' },
  session_bound: { status: 403, code: 'SESSION_BOUND' },
  invalid_visitor: { status: 401, code: 'INVALID_VISITOR' },
  origin_refused: { status: 403, code: 'ORIGIN_REFUSED' },
  feature_disabled: { status: 403, code: 'FEATURE_DISABLED' },
  message_too_long: { status: 413, code: 'MESSAGE_TOO_LONG' },
  session_limit: { status: 429, code: 'SESSION_LIMIT_REACHED' },
  model_failed: { status: 502, code: 'MODEL_FAILED' },
  unavailable: { status: 503, code: 'SERVICE_UNAVAILABLE' },
  internal: { status: 500, code: 'PROCESSING_ERROR' },
}

/** Paths whose refusals have this wire's shape (contracts X2): its own, those under `/v1` that no other wire has, and
 * where its pictures and uploads are. */
export const avatarFamilies = [
  '/v3/',
  '/equos/',
  '/v1/sessions',
  '/v1/session-passes',
  '/v1/agents',
  '/v1/limits',
  '/pictures/',
  '/uploads/',
] as const

/** The body of every refusal: `message` and `code` are what clients read, the rest is what their framework would send. */
export function renderAvatarError(error: ParlorError, _request: FastifyRequest, reply: FastifyReply) {
  const { status, code } = avatarErrors[error.code]
  reply.code(status)
  return { statusCode: status, message: error.message, error: STATUS_CODES[status] ?? 'Error', code }
}
