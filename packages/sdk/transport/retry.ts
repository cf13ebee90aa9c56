/** When a request is made again, and after how long. */
export interface RetryRule {
  /** Whether an answer of this status is worth another try. */
  retries(status: number): boolean
  /** Whether a connection that failed or a time-out is. */
  retriesConnections: boolean
  /** How long to wait before try number `again` (from 0), in milliseconds. `asked` is what the server asked for, if it did. */
  delayMs(again: number, asked: number | null): number
  /** How often to try again at most. */
  most: number
  /** No try begins later than this after the first, in milliseconds. */
  withinMs: number
}

const worthRetrying: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504])

/**
 * Three tries in all, a quarter of a second and twice as long each time, at random between half and all of it (so that many clients do
 * not come back at once); or as long as `Retry-After` says, up to a minute.
 */
export const patient: RetryRule = {
  retries: (status) => worthRetrying.has(status),
  retriesConnections: true,
  delayMs: (again, asked) => (asked === null ? 250 * 2 ** again * (0.5 + Math.random() / 2) : Math.min(asked, 60_000)),
  most: 2,
  withinMs: 120_000,
}

/** One try. Written out, so that a bundle without it need not hold it. */
export const never: RetryRule = {
  retries: () => false,
  retriesConnections: false,
  delayMs: () => 0,
  most: 0,
  withinMs: 0,
}

/** What a server asks for, in milliseconds from now: `retry-after-ms`, or `retry-after` in seconds or as a date (RFC 9110, 10.2.3). */
export function askedDelay(headers: Headers, now: number): number | null {
  const ms = Number(headers.get('retry-after-ms') ?? Number.NaN)
  if (ms > 0) return ms
  const text = headers.get('retry-after') ?? ''
  const seconds = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now
  return seconds > 0 ? seconds : null
}
