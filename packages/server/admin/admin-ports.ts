import type { AccountStore, OperatorSessionStore } from '@parlor/core/account'
import type { AgentStore } from '@parlor/core/agent'
import type { IdempotencyStore } from '@parlor/core/idempotency'
import type { EndingFanOut, SessionStore } from '@parlor/core/session'
import type { Clock } from '@parlor/core/time'
import type { SigningKeys } from '@parlor/core/token'

/** What the operators' routes work with; each takes from it only what it needs. */
export interface AdminPorts {
  accounts: AccountStore
  operatorSessions: OperatorSessionStore
  agents: AgentStore
  sessions: SessionStore
  idempotency: IdempotencyStore
  signingKeys: SigningKeys
  fanOut: EndingFanOut
  clock: Clock
  publicUrl: URL
  version: string
  /** The account whose keys may act for others. Known by id from the start, so that no name makes an operator. */
  operatorAccountId: string
}
