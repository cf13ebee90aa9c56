import type { Brain } from '@parlor/conversation/brain'
import type { ChatRules, ChatStore } from '@parlor/conversation/chat'
import type { KnowledgeStore } from '@parlor/conversation/knowledge'
import type { AccountStore } from '@parlor/core/account'
import type { AgentStore } from '@parlor/core/agent'
import type { EndingFanOut, SessionStore } from '@parlor/core/session'
import type { Clock } from '@parlor/core/time'

/** What answering chats works with. */
export interface ChatPorts {
  accounts: AccountStore
  agents: AgentStore
  sessions: SessionStore
  chats: ChatStore
  knowledge: KnowledgeStore
  brain: Brain
  clock: Clock
  limits: ChatRules
  /** What the endings of this module's own go through. */
  fanOut: EndingFanOut
}
