import type { KnowledgeStore } from '@parlor/conversation/knowledge'
import type { AccountStore, KeyOwner } from '@parlor/core/account'
import type { AgentStore } from '@parlor/core/agent'
import { ParlorError } from '@parlor/core/errors'
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

/** Whether customers' pages may be served over plain http, because Parlor itself is. */
export function allowsHttp(publicUrl: URL): boolean {
  return publicUrl.protocol === 'http:'
}
