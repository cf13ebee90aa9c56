import type { DatabaseSync } from 'node:sqlite'
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
import { accessTo } from './access.ts'
import { sqliteAccountStore } from './account-store.ts'
import { sqliteAgentStore } from './agent-store.ts'
import { agentUsageSums } from './agent-usage.ts'
import { sqliteChatStore } from './chat-store.ts'
import { type CommitStats, groupCommits, ridersTogether } from './group-commit.ts'
import { sqliteIdempotencyStore } from './idempotency-store.ts'
import { sqliteKnowledgeStore } from './knowledge-store.ts'
import { migrate } from './migrate.ts'
import { openDatabase } from './open-database.ts'
import { sqliteOperatorSessionStore } from './operator-session-store.ts'
import { sqliteRequestLog } from './request-log.ts'
import { sqliteSeatStore } from './seat-store.ts'
import { sqliteSessionStore } from './session-store.ts'
import { sessionTalks } from './session-talks.ts'
import { sqliteSigningKeyStore } from './signing-key-store.ts'
import { readTimeMark } from './time-mark.ts'
import { sqliteTranscriptStore } from './transcript-store.ts'
import { sqliteVectorStore } from './vector-store.ts'

/** Every store over one SQLite file. */
export interface SqliteStores {
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
  /** The latest time that is written down, in milliseconds since 1970. */
  highWater(): number
  /** Reads and durably writes. @throws ParlorError `unavailable` when either fails. */
  probe(): Promise<void>
  stats(): CommitStats
  /** Commits what is queued, folds the log into the file and lets go of it. Later calls are refused as `unavailable`. */
  close(): Promise<void>
}

export interface SqliteOptions {
  /** Its folder must exist. SQLite keeps `-wal` beside it while it is open. */
  file: string
  clock: Clock
}

/**
 * Opens the file for this process alone, making it where there is none and bringing it up to date where it is older.
 * @throws StoreRefused when it is in use, not ours, written by a newer Parlor, or would not be durable.
 */
export function openSqliteStores({ file, clock: wall }: SqliteOptions): SqliteStores {
  const db = openDatabase(file)
  try {
    migrate(db, file, wall.now())
    return storesOver(db, wall)
  } catch (error) {
    db.close()
    throw error
  }
}

function storesOver(db: DatabaseSync, wall: Clock): SqliteStores {
  const mark = readTimeMark(db, wall)
  const usage = agentUsageSums(db)
  const commits = groupCommits(db, ridersTogether(usage, mark))
  const access = accessTo(db, commits)
  const talks = sessionTalks(db, usage)
  const requests = sqliteRequestLog(access)
  const ping = db.prepare('SELECT count(*) FROM migrations')
  return {
    accounts: sqliteAccountStore(access),
    signingKeys: sqliteSigningKeyStore(access),
    agents: sqliteAgentStore(access, usage),
    seats: sqliteSeatStore(access),
    sessions: sqliteSessionStore(access, mark.clock, usage),
    knowledge: sqliteKnowledgeStore(access),
    vectors: sqliteVectorStore(access),
    transcripts: sqliteTranscriptStore(access, talks),
    chats: sqliteChatStore(access, talks),
    requests,
    operatorSessions: sqliteOperatorSessionStore(access),
    idempotency: sqliteIdempotencyStore(access),
    clock: mark.clock,
    highWater: mark.highWater,
    probe: async () => {
      await access.read(() => ping.get())
      await access.write(mark.force)
    },
    stats: commits.stats,
    close: async () => {
      void requests.flush()
      commits.stop()
      if (!db.isOpen) return
      db.exec('PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)')
      db.close()
    },
  }
}
