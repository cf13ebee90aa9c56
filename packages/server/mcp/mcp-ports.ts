import type { KnowledgeStore, Retriever } from '@parlor/conversation/knowledge'
import type { AccountStore, Project } from '@parlor/core/account'
import type { AgentStore } from '@parlor/core/agent'
import type { Session, SessionStore } from '@parlor/core/session'
import type { Clock } from '@parlor/core/time'

export interface McpPorts {
  accounts: AccountStore
  agents: AgentStore
  sessions: Pick<SessionStore, 'findSession'>
  knowledge: KnowledgeStore
  retriever: Retriever
  clock: Clock
  version: string
}

/** One call: for which project, and by whose leave. */
export interface McpCall {
  project: Project
  /** The session whose token came; null for a key or an operator. */
  session: Session | null
  /** Aborts when the caller leaves or the call takes too long. */
  signal: AbortSignal
}
