import type { DocumentReader, KnowledgeStore, PageFetcher } from '@parlor/conversation/knowledge'
import type { TranscriptStore } from '@parlor/conversation/transcript'
import type { AccountStore } from '@parlor/core/account'
import type { AgentStore } from '@parlor/core/agent'
import type { IdempotencyStore } from '@parlor/core/idempotency'
import type { RoomDesk } from '@parlor/core/room'
import type { EndingFanOut, SessionStore } from '@parlor/core/session'
import type { Clock } from '@parlor/core/time'
import type { SigningKeys } from '@parlor/core/token'

/** What the operations of this wire work with; each takes from it only what it needs. */
export interface AvatarWire {
  accounts: AccountStore
  agents: AgentStore
  sessions: SessionStore
  transcripts: TranscriptStore
  signingKeys: SigningKeys
  knowledge: KnowledgeStore
  reader: DocumentReader
  pages: PageFetcher
  idempotency: IdempotencyStore
  fanOut: EndingFanOut
  clock: Clock
  /** Where Parlor is reached. */
  publicUrl: URL
  rooms: RoomDesk
  version: string
}
