import type { DocumentReader, KnowledgeStore, PageFetcher } from '@parlor/conversation/knowledge'
import type { AccountStore, KeyOwner, RequestLog } from '@parlor/core/account'
import type { AgentStore } from '@parlor/core/agent'
import { ParlorError } from '@parlor/core/errors'
import type { IdempotencyStore } from '@parlor/core/idempotency'
import type { EndingFanOut, SessionStore } from '@parlor/core/session'
import type { Clock } from '@parlor/core/time'
import type { SigningKeys } from '@parlor/core/token'
import type { FastifyRequest } from 'fastify'

/** What the operations of this wire work with; each takes from it only what it needs. */
export interface WidgetWire {
  accounts: AccountStore
  agents: AgentStore
  sessions: SessionStore
  signingKeys: SigningKeys
  knowledge: KnowledgeStore
  reader: DocumentReader
  pages: PageFetcher
  idempotency: IdempotencyStore
  requests: RequestLog
  /** Names a brain's `llm_name` may have here; any other is passed to the configured endpoint as it is. */
  models: readonly { name: string; provider: string }[]
  fanOut: EndingFanOut
  clock: Clock
  /** Where Parlor is reached. */
  publicUrl: URL
}

/** The owner of the key on a route that takes one. */
export function callerOf(request: FastifyRequest): KeyOwner {
  if (request.caller === null) throw new ParlorError('missing_key')
  return request.caller
}

/** What a route of this wire asks for: a key that may read, or one that may change things. */
export const readRoute = { credential: { kind: 'secret_key', scope: 'read' } } as const
export const writeRoute = { credential: { kind: 'secret_key', scope: 'write' } } as const
