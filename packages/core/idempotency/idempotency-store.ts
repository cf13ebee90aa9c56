/** Which request it is: the caller's key for it, within account, project and operation. */
export interface IdempotencyScope {
  accountId: string
  projectId: string
  operation: string
  /** What the `Idempotency-Key` header said. */
  key: string
}

/** What is kept of a finished request: enough to give the same answer again, and never a token. */
export interface RememberedAnswer {
  /** An HTTP-free reference that the operation itself can turn into its answer again, as JSON. */
  reference: string
}

export type Begun =
  | { outcome: 'new' }
  | { outcome: 'known'; answer: RememberedAnswer }
  /** The same key with another body. */
  | { outcome: 'different' }
  /** The first request with this key is not done yet. */
  | { outcome: 'running' }

/** Idempotency keys in a store. Every promise resolves after the change is durable. */
export interface IdempotencyStore {
  /**
   * Claims the key for a request with this digest of its body. A claim that was neither finished nor given up is free
   * again at `claimUntil`; a finished one at `keepUntil`.
   */
  begin(scope: IdempotencyScope, bodyDigest: string, now: number, claimUntil: number): Promise<Begun>
  finish(scope: IdempotencyScope, answer: RememberedAnswer, keepUntil: number): Promise<void>
  giveUp(scope: IdempotencyScope): Promise<void>
  /** Forgets what nobody may ask for any more. Returns how many. */
  pruneIdempotency(now: number, limit: number): Promise<number>
}
