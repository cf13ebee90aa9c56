/** Where core learns the time. Milliseconds since 1970, UTC. */
export interface Clock {
  now(): number
}

/** A clock for tests that stands still until it is moved. */
export function fixedClock(start = Date.UTC(2026, 0, 1)): Clock & { advance(ms: number): void } {
  let now = start
  return {
    now: () => now,
    advance: (ms) => {
      now += ms
    },
  }
}

/** ISO 8601 in UTC with seconds precision, as every wire shows times. */
export function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}
