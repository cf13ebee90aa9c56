import type { AccountStore, KeyOwner, OperatorSessionStore, Project, RequestLog } from '@parlor/core/account'
import type { AgentStore } from '@parlor/core/agent'
import { ParlorError } from '@parlor/core/errors'
import type { IdempotencyStore } from '@parlor/core/idempotency'
import type { EndingFanOut, SessionStore } from '@parlor/core/session'
import type { Clock } from '@parlor/core/time'
import type { SigningKeys } from '@parlor/core/token'
import type { FastifyRequest } from 'fastify'
import type { Credential } from '../../http/app-types.ts'

/** What the operations of this wire work with; each takes from it only what it needs. */
export interface ChatWire {
  accounts: AccountStore
  operatorSessions: OperatorSessionStore
  agents: AgentStore
  sessions: SessionStore
  signingKeys: SigningKeys
  idempotency: IdempotencyStore
  requests: Pick<RequestLog, 'readKeyUsage'>
  fanOut: EndingFanOut
  clock: Clock
  /** Where Parlor is reached. */
  publicUrl: URL
}

/** Whose key or operator session a call came with. */
export function callerOf(request: FastifyRequest): KeyOwner {
  if (request.caller === null) throw new ParlorError('missing_key')
  return request.caller
}

/** The project a call is for, on routes that ask for one. */
export function projectOf(request: FastifyRequest): Project {
  if (request.project === null) throw new ParlorError('invalid_request')
  return request.project
}

/**
 * The one project the caller is bound to; null where it may act in any of its account's. Operators always may, and so may keys
 * that are bound to none.
 */
export function boundTo(request: FastifyRequest): string | null {
  const { key } = callerOf(request)
  return request.operatorSessionId !== null || key.isAccountWide ? null : key.projectId
}

type OneOf = { credential: Credential & { kind: 'one_of' } }

/** Operators only. */
export const byOperator: OneOf = { credential: { kind: 'one_of', ways: [{ by: 'operator', project: false }] } }

/** An operator, or a key with this scope; `project` says whether the call is for one that `Gram-Project` names. */
export function byOperatorOrKey(scope: 'chat' | 'consumer' | 'producer', project: boolean): OneOf {
  const ways = [{ by: 'operator', project } as const, { by: 'key', scope, project } as const]
  return { credential: { kind: 'one_of', ways } }
}
