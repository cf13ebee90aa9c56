import type { ChatStore } from '@parlor/conversation/chat'
import type { KnowledgeStore, VectorStore } from '@parlor/conversation/knowledge'
import type { TranscriptStore } from '@parlor/conversation/transcript'
import type { AccountStore, OperatorSessionStore, RequestLog } from '@parlor/core/account'
import type { AgentStore } from '@parlor/core/agent'
import type { IdempotencyStore } from '@parlor/core/idempotency'
import type { SeatStore } from '@parlor/core/room'
import type { SessionStore } from '@parlor/core/session'
import type { fixedClock } from '@parlor/core/time'
import type { SigningKeyStore } from '@parlor/core/token'
import { describe, test } from 'vitest'

/** Every port of the storage. */
export interface Stores {
  accounts: AccountStore
  signingKeys: SigningKeyStore
  agents: AgentStore
  sessions: SessionStore
  seats: SeatStore
  knowledge: KnowledgeStore
  vectors: VectorStore
  transcripts: TranscriptStore
  chats: ChatStore
  requests: RequestLog
  operatorSessions: OperatorSessionStore
  idempotency: IdempotencyStore
}

/** Empty stores over a clock that stands still. */
export interface Opened {
  stores: Stores
  clock: ReturnType<typeof fixedClock>
  close(): Promise<void>
}

export type OpenStores = () => Promise<Opened>

/** One sentence every store must make true. It rejects where the store does not. */
export interface ContractCase {
  name: string
  run(opened: Opened): Promise<void>
}

/** Runs the cases as tests, each on stores of its own. */
export function describeCases(port: string, cases: readonly ContractCase[], open: OpenStores): void {
  describe(port, () => {
    for (const { name, run } of cases) test(name, () => runCase(run, open))
  })
}

/** Opens, runs, and closes in any case. */
export async function runCase(run: ContractCase['run'], open: OpenStores): Promise<void> {
  const opened = await open()
  try {
    await run(opened)
  } finally {
    await opened.close()
  }
}
