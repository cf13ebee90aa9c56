import type { CallError } from '../call-error.ts'
import { callOperation, type Operation } from '../call-operation.ts'
import type { GramCore } from '../core.ts'
import { translate } from '../fields.ts'
import { type RevokeChatSessionRequest, type RevokeChatSessionSecurity, revokeFields } from '../models.ts'
import type { RequestOptions } from '../options.ts'
import type { APIPromise, Result } from '../result.ts'

const operation: Operation<RevokeChatSessionRequest> = {
  write: (request) => ({
    method: 'DELETE',
    path: '/rpc/chatSessions.revoke',
    query: translate(request, revokeFields, 'out'),
  }),
  expected: { status: 204 },
  // A token that is over already is a bad request. When the answer to the try that ended it was lost, that is what was wanted (G15).
  doneAlready: 400,
}

/**
 * Makes a token worth nothing; when it succeeds, nothing is served on it any more. Never rejects: what went wrong is in the result.
 * @example
 * const ended = await chatSessionsRevoke(gram, { token: clientToken })
 * if (!ended.ok) console.log(ended.error.message)
 */
export function chatSessionsRevoke(
  client: GramCore,
  request: RevokeChatSessionRequest,
  security?: RevokeChatSessionSecurity,
  options?: RequestOptions,
): APIPromise<Result<void, CallError>> {
  return callOperation(client, operation, { request, security, options })
}
