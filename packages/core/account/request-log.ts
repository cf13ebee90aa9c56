import type { Page, Paged } from '../agent/index.ts'

/** One call made with a key, as the history shows it. No key, no token, no body, no query (contracts B43). */
export interface RequestRecord {
  /** Time-ordered (UUIDv7). */
  id: string
  accountId: string
  keyId: string
  /** Milliseconds since 1970. */
  time: number
  method: string
  /** The path as it was called, without query. */
  path: string
  /** The operation's name in the interface description; empty where the path leads nowhere. */
  operation: string
  status: number
  userAgent: string | null
  durationMs: number
  requestId: string
  /** The caller's address, kept with the key's last use only. */
  address: string | null
}

/** What keys were used for. Kept in sums that are updated in the same batch as the rows. */
export interface KeyUsage {
  requestCount: number
  lastUsedAt: number | null
  lastUsedIp: string | null
}

/**
 * The history of calls. The one thing that may lose its last 100 ms in a crash: `record` returns at once and rows are
 * written in batches.
 */
export interface RequestLog {
  record(request: RequestRecord): void
  /** Newest first; also shows what waits for its batch. */
  listRequests(accountId: string, filter: { operation?: string }, page: Page): Promise<Paged<RequestRecord>>
  /** Calls of the account in the calendar month (UTC) that `now` is in. */
  countRequestsInMonth(accountId: string, now: number): Promise<number>
  readKeyUsage(keyIds: readonly string[]): Promise<KeyUsage[]>
  /** Forgets rows older than `before`; sums stay. Returns how many. */
  pruneRequests(before: number, limit: number): Promise<number>
}
