import type { AccountStore, OperatorSessionStore } from '@parlor/core/account'
import type { AgentStore } from '@parlor/core/agent'
import type { IdempotencyStore } from '@parlor/core/idempotency'
import type { EndingFanOut, SessionStore } from '@parlor/core/session'
import type { Clock } from '@parlor/core/time'
import type { SigningKeys } from '@parlor/core/token'

/** What the operations of this wire work with; each takes from it only what it needs. */
export interface ChatWire {
  accounts: AccountStore
  operatorSessions: OperatorSessionStore
  agents: AgentStore
  sessions: SessionStore
  signingKeys: SigningKeys
  idempotency: IdempotencyStore
  fanOut: EndingFanOut
  clock: Clock
  /** Where Parlor is reached. */
  publicUrl: URL
}
