import type { Brain } from '@parlor/conversation/brain'
import type { KnowledgeStore } from '@parlor/conversation/knowledge'
import type { AccountStore } from '@parlor/core/account'
import type { AgentStore } from '@parlor/core/agent'
import type { EndingFanOut, SessionStore } from '@parlor/core/session'
import type { Clock } from '@parlor/core/time'
import type { App } from '../http/app-types.ts'

/** What answering chats works with. */
export interface ChatPorts {
  accounts: AccountStore
  agents: AgentStore
  sessions: SessionStore
  knowledge: KnowledgeStore
  brain: Brain
  clock: Clock
  limits: { messagesPerSession: number | null; tokensPerSession: number | null }
  /** What the endings of this module's own go through. */
  fanOut: EndingFanOut
}

/** The answers that are being made, and the streams that tell of them. */
export interface Turns {
  /** Resolves when nothing is made or told on the session any more. */
  fanOut: EndingFanOut
  /** Stops what runs; resolves when it is stored. */
  close(): Promise<void>
}

export function createTurns(): Turns {
  return { fanOut: { sessionEnded: async () => {} }, close: async () => {} }
}

/** `/chat/completions`, `/chat/turnstream` and `/rpc/chat.*`: what a chat session is for. */
export function registerChat(_app: App, _ports: ChatPorts, _turns: Turns): void {}
