import type { CallError } from '../call-error.ts'
import { callOperation, type Operation } from '../call-operation.ts'
import type { GramCore } from '../core.ts'
import { translate } from '../fields.ts'
import {
  type CreateChatSessionRequest,
  type CreateChatSessionSecurity,
  type CreateRequestBody,
  type CreateResponseBody,
  createdFields,
  createFields,
} from '../models.ts'
import type { RequestOptions } from '../options.ts'
import type { APIPromise, Result } from '../result.ts'

const operation: Operation<CreateChatSessionRequest> = {
  write: (request) => {
    // Who gave no object is told so by `translate`.
    const asked: Partial<CreateRequestBody> | undefined = request?.createRequestBody
    const { expiresAfter = 3600, ...rest } = asked ?? {}
    const body = translate({ ...rest, expiresAfter }, createFields, 'out')
    return { method: 'POST', path: '/rpc/chatSessions.create', body }
  },
  expected: { status: 200, fields: createdFields },
}

/**
 * Makes a token with which pages of one origin may chat. Never rejects: what went wrong is in the result.
 * @example
 * const made = await chatSessionsCreate(gram, { createRequestBody: { embedOrigin: 'https://www.example.com' } })
 * if (made.ok) console.log(made.value.expiresAfter)
 */
export function chatSessionsCreate(
  client: GramCore,
  request: CreateChatSessionRequest,
  security?: CreateChatSessionSecurity,
  options?: RequestOptions,
): APIPromise<Result<CreateResponseBody, CallError>> {
  return callOperation(client, operation, { request, security, options })
}
