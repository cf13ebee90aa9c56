import type { IncomingMessage } from 'node:http'
import type { Brain } from '@parlor/conversation/brain'
import type { KnowledgeStore } from '@parlor/conversation/knowledge'
import type { TranscriptStore } from '@parlor/conversation/transcript'
import type { AccountStore } from '@parlor/core/account'
import type { AgentStore } from '@parlor/core/agent'
import type { EndingFanOut, SessionStore } from '@parlor/core/session'
import type { Clock } from '@parlor/core/time'
import type { SigningKeys } from '@parlor/core/token'
import type { Finish } from '@parlor/protocol'
import type { AddressGuard } from './address-guard.ts'
import type { LiveTiming } from './live-timing.ts'

/** All the live socket needs of the rest of the house. */
export interface LivePorts {
  sessions: SessionStore
  signingKeys: SigningKeys
  clock: Clock
  accounts: Pick<AccountStore, 'findAccount' | 'findProject'>
  agents: Pick<AgentStore, 'agents' | 'avatars' | 'brains'>
  transcripts: TranscriptStore
  knowledge: Pick<KnowledgeStore, 'findBase'>
  brain: Brain
  /** The origin of `PARLOR_PUBLIC_URL`: what a frame page's requests carry. */
  publicOrigin: string
  /** Whether Parlor is served over http: then its customers' pages may be. */
  httpAllowed: boolean
  limits: {
    /** Messages visitors may send in one session, all together; the one after the last ends it. Null for no limit. */
    messagesPerSession: number | null
    /** Tokens models may use in one session, all visitors together; the message after the last ends it. Null for no limit. */
    tokensPerSession: number | null
  }
  /** Whether this node may serve anything now; asked before every use of a connection. Without it, it always may. */
  mayServe?: () => boolean
  /**
   * Where endings made here go: every connection of every kind, this endpoint's own among them, on every node. Without it they
   * reach this endpoint's own.
   */
  fanOut?: EndingFanOut
  /** Hears of a visitor who came back and is on this node's line now. */
  visitorCame?: (visitorId: string) => void
  logger: LiveLogger
  metrics?: LiveMetrics
  /** The client's address, seen through the proxies one trusts. It is logged with refusals only, as `pii`. */
  clientAddress?: (request: IncomingMessage) => string | undefined
  /** Keeps one address from wearing the server out before it has shown a token; without it nobody is limited. */
  addresses?: AddressGuard
  /** Overrides of {@link LiveTiming}, for tests. */
  timing?: Partial<LiveTiming>
}

/** A message is static; values go into the fields. Never a token, never what a person said. */
export interface LiveLogger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** What is worth counting. */
export interface LiveMetrics {
  socketOpened(): void
  /** `code` is the one we closed with, or else what the client gave. */
  socketClosed(code: number): void
  messageStored(): void
  replyEnded(finish: Finish, durationMs: number): void
}
