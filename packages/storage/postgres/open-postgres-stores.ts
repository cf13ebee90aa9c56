import type { ChatStore } from '@parlor/conversation/chat'
import type { KnowledgeStore, VectorStore } from '@parlor/conversation/knowledge'
import type { TranscriptStore } from '@parlor/conversation/transcript'
import type { AccountStore, OperatorSessionStore, RequestLog } from '@parlor/core/account'
import type { AgentStore } from '@parlor/core/agent'
import type { IdempotencyStore } from '@parlor/core/idempotency'
import type { SeatStore } from '@parlor/core/room'
import type { SessionStore } from '@parlor/core/session'
import type { Clock } from '@parlor/core/time'
import type { SigningKeyStore } from '@parlor/core/token'
import type { Pool } from 'pg'
import { accessTo } from './access.ts'
import { postgresAccountStore } from './account-store.ts'
import { postgresAgentStore } from './agent-store.ts'
import { chooseShare } from './agent-usage.ts'
import { postgresChatStore } from './chat-store.ts'
import { type CommitStats, groupCommits } from './group-commit.ts'
import { postgresIdempotencyStore } from './idempotency-store.ts'
import { postgresKnowledgeStore } from './knowledge-store.ts'
import { migrate } from './migrate.ts'
import { assertUsable, describePlace, openPool, type Patience, usualPatience } from './open-database.ts'
import { postgresOperatorSessionStore } from './operator-session-store.ts'
import { postgresRequestLog } from './request-log.ts'
import { postgresSeatStore } from './seat-store.ts'
import { postgresSessionStore } from './session-store.ts'
import { postgresSigningKeyStore } from './signing-key-store.ts'
import { readTimeMark } from './time-mark.ts'
import { postgresTranscriptStore } from './transcript-store.ts'
import { postgresVectorStore } from './vector-store.ts'

/** Every store over one Postgres database, which any number of nodes may share. */
export interface PostgresStores {
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
  /** The given clock, but never below a time the store has seen: what core must be handed, so that a clock set back revives nothing. */
  clock: Clock
  /** The latest time that is written down, in milliseconds since 1970, as far as this node knows. */
  highWater(): number
  /** Reads and durably writes. @throws ParlorError `unavailable` when either fails. */
  probe(): Promise<void>
  stats(): CommitStats
  /** Writes what is queued and lets go of every connection. Later calls are refused as `unavailable`. */
  close(): Promise<void>
}

export interface PostgresOptions {
  /** As in DATABASE_URL. The database must exist; its tables are made and brought up to date. */
  url: string
  clock: Clock
  /** Connections at once; 10 unless told. All nodes together must stay below what the server allows. */
  connections?: number
  patience?: Partial<Patience>
}

/**
 * Opens the database for this node, making its tables where there are none and bringing them up to date where they are older. Nodes
 * that start at once wait for each other.
 * @throws StoreRefused when it cannot be reached, is not ours, was written by a newer Parlor, or would not be durable.
 */
export async function openPostgresStores(options: PostgresOptions): Promise<PostgresStores> {
  const { url, clock, connections = 10 } = options
  const pool = openPool(url, connections, { ...usualPatience, ...options.patience })
  try {
    const place = describePlace(url)
    await assertUsable(pool, place)
    await migrate(url, place, clock.now())
    return await storesOver(pool, clock)
  } catch (error) {
    await pool.end()
    throw error
  }
}

async function storesOver(pool: Pool, wall: Clock): Promise<PostgresStores> {
  const groups = groupCommits()
  const access = accessTo(pool, groups)
  const mark = await readTimeMark(access, wall)
  groups.onCommit(mark.tick)
  const share = chooseShare()
  const requests = postgresRequestLog(access)
  let closed: Promise<void> | null = null
  const close = async (): Promise<void> => {
    await requests.flush()
    await groups.stop()
    await pool.end()
  }
  return {
    accounts: postgresAccountStore(access),
    signingKeys: postgresSigningKeyStore(access),
    agents: postgresAgentStore(access),
    seats: postgresSeatStore(access),
    sessions: postgresSessionStore(access, mark.clock, share),
    knowledge: postgresKnowledgeStore(access),
    vectors: postgresVectorStore(access),
    transcripts: postgresTranscriptStore(access, share),
    chats: postgresChatStore(access, share),
    requests,
    operatorSessions: postgresOperatorSessionStore(access),
    idempotency: postgresIdempotencyStore(access),
    clock: mark.clock,
    highWater: mark.highWater,
    probe: async () => void (await mark.force()),
    stats: groups.stats,
    close: () => {
      closed ??= close()
      return closed
    },
  }
}
