import { randomBytes } from 'node:crypto'
import type { ErrorCode, ParlorError } from '@parlor/core/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'

interface Shown {
  status: number
  name: string
}

/** How each code is shown on this wire (contracts 3.5). The union makes a forgotten code fail to compile. */
export const chatErrors: Record<ErrorCode, Shown> = {
  invalid_request: { status: 400, name: 'bad_request' },
  validation_failed: { status: 400, name: 'invalid_field_type' },
  missing_key: { status: 401, name: 'unauthorized' },
  invalid_key: { status: 401, name: 'unauthorized' },
  insufficient_scope: { status: 403, name: 'forbidden' },
  not_found: { status: 404, name: 'not_found' },
  method_not_allowed: { status: 405, name: 'method_not_allowed' },
  conflict: { status: 409, name: 'conflict' },
  forbidden: { status: 403, name: 'forbidden' },
  payload_too_large: { status: 413, name: 'request_too_large' },
  unsupported_media_type: { status: 415, name: 'unsupported_media_type' },
  rate_limited: { status: 429, name: 'rate_limit_exceeded' },
  concurrency_reached: { status: 429, name: 'rate_limit_exceeded' },
  account_suspended: { status: 401, name: 'unauthorized' },
  invalid_token: { status: 401, name: 'unauthorized' },
  session_ended: { status: 401, name: 'unauthorized' },
  session_bound: { status: 403, name: 'forbidden' },
  invalid_visitor: { status: 401, name: 'unauthorized' },
  origin_refused: { status: 403, name: 'forbidden' },
  feature_disabled: { status: 403, name: 'forbidden' },
  message_too_long: { status: 413, name: 'request_too_large' },
  session_limit: { status: 402, name: 'insufficient_credits' },
  model_failed: { status: 502, name: 'gateway_error' },
  // A store that cannot be read is an error at once here, and never a success (contracts C15).
  unavailable: { status: 500, name: 'unexpected' },
  internal: { status: 500, name: 'unexpected' },
}

/** What a fault in a field is called, by the validator's word for it. */
const faultNames: Readonly<Record<string, string>> = {
  missing: 'missing_field',
  missing_payload: 'missing_payload',
  minimum: 'invalid_range',
  maximum: 'invalid_range',
  out_of_range: 'invalid_range',
  minLength: 'invalid_length',
  maxLength: 'invalid_length',
  minItems: 'invalid_length',
  maxItems: 'invalid_length',
  too_long: 'invalid_length',
  too_many: 'invalid_length',
  empty: 'invalid_length',
  format: 'invalid_format',
  pattern: 'invalid_pattern',
  enum: 'invalid_enum_value',
  const: 'invalid_enum_value',
  unknown_scope: 'invalid_enum_value',
  invalid_origin: 'invalid_format',
  invalid_text: 'invalid_format',
  invalid_name: 'invalid_format',
  invalid_slug: 'invalid_pattern',
}

/** Names that the framework of the original gives by itself; only the others go into `goa-error` as well (contracts 3.5). */
const undeclared: ReadonlySet<string> = new Set([
  ...Object.values(faultNames),
  'invalid_field_type',
  'decode_payload',
  'unsupported_media_type',
  'fault',
])

/** The body of every refusal on `/rpc` (contracts 3.5): six fields, always all of them. What `/chat` adds to it is said there. */
export function renderChatError(error: ParlorError, request: FastifyRequest, reply: FastifyReply) {
  const { status, name } = shownAs(error, request)
  reply.code(status)
  if (!undeclared.has(name)) reply.header('goa-error', name)
  return {
    name,
    id: randomBytes(6).toString('base64url'),
    message: name === 'missing_payload' ? noBody : error.message,
    temporary: name === 'unexpected' || name === 'gateway_error' || status === 429,
    timeout: false,
    fault: status === 500,
  }
}

const noBody = 'A body is missing. Send JSON with the header content-type: application/json.'

function shownAs(error: ParlorError, request: FastifyRequest): Shown {
  if (error.code === 'not_found' && request.is404) return { status: 404, name: 'fault' }
  if (error.code === 'invalid_request' && error.cause !== undefined) return { status: 400, name: 'decode_payload' }
  if (error.code !== 'validation_failed') return chatErrors[error.code]
  const [first] = error.faults
  const isWhole = first !== undefined && first.path.length === 1 && first.path[0] === 'body'
  if (isWhole && request.body == null) return { status: 400, name: 'missing_payload' }
  if (first !== undefined && isNullAt(first.path, request)) return { status: 400, name: 'missing_field' }
  return { status: 400, name: faultNames[first?.type ?? ''] ?? 'invalid_field_type' }
}

/** A null counts as left out on this wire, so where one must not be left out, that is what is wrong. */
function isNullAt([part, ...path]: readonly (string | number)[], { body }: FastifyRequest): boolean {
  if (part !== 'body') return false
  let value: unknown = body
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return false
    value = (value as Record<string | number, unknown>)[step]
  }
  return value === null
}
