import type { Page, Paged } from '../agent/index.ts'
import type { LedgerEntry, Session, SessionKind, Visitor } from './session.ts'
import type { SessionCeilings } from './session-ceilings.ts'
import type { Change } from './state.ts'

/** Sessions, their visitors and their ledger in a store. Every promise resolves after the change is durable. */
export interface SessionStore {
  /**
   * Stores a new session with its first ledger entry. Under `ceilings` it counts, in the same transaction, the sessions of its
   * account and of its key that are neither ended nor past their expiry; whatever else is stored at the same time, here or on
   * another node. A session without a key is under its account's ceiling alone.
   * @throws ParlorError `concurrency_reached` ({@link ceilingReached}) when there are already as many; the account is asked first.
   */
  insertSession(session: Session, entry: LedgerEntry, ceilings: SessionCeilings | null): Promise<void>
  findSession(id: string): Promise<Session | null>
  findSessionByJti(jti: string): Promise<Session | null>
  /**
   * Runs `decide` on the row under its lock and stores what it returns, with entries and visitor, in one transaction.
   * Null from `decide` changes nothing; an error thrown by it undoes everything and is passed on.
   * Resolves to the session as it is afterwards, or null when there is none with this id.
   */
  changeSession(id: string, decide: (session: Session) => Change | null): Promise<Session | null>
  /** Ids of sessions that are past their expiry and not ended yet, earliest first. */
  listOverdueSessions(now: number, limit: number): Promise<string[]>
  /** Newest first. `open` ones are neither ended nor past their expiry at `now`. */
  listSessions(filter: SessionFilter, page: Page): Promise<Paged<Session>>
  /** Open avatar sessions of all accounts, oldest first. Open ones are neither ended nor past their expiry at `now`. */
  listOpenRooms(now: number, limit: number): Promise<Session[]>
  listLedger(sessionId: string): Promise<LedgerEntry[]>
  findVisitor(id: string): Promise<Visitor | null>
}

/** Which sessions a list shows; what is absent does not restrict. */
export interface SessionFilter {
  accountId: string
  agentId?: string
  kind?: SessionKind
  /** The customer's own name for whoever uses it, exactly. */
  endUserId?: string
  projectId?: string
  /** The signing key of their tokens. */
  kid?: string
  /** The key that made them. */
  keyId?: string
  /** Only those open at this time (milliseconds since 1970). */
  openAt?: number
}
