/** What may be said of one call. */
export interface CallOptions {
  /** Calls it off. */
  signal?: AbortSignal | undefined
  /** For each try, body included, in milliseconds; 0 for no limit. */
  timeoutMs?: number | undefined
  /**
   * How often to try again at most. Without it twice where trying again does no harm (reading, deleting, and making something with an
   * `Idempotency-Key`), and never elsewhere; with it, you say that it does no harm.
   */
  retries?: number | undefined
  /** Two calls with the same key make one thing. One is made up for each call that creates something; 1 to 255 printable ASCII characters. */
  idempotencyKey?: string | undefined
  headers?: Readonly<Record<string, string>> | undefined
}
