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

const dayMs = 86_400_000
const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))
let spelledDay = { day: Number.NaN, text: '' }

/**
 * ISO 8601 in UTC with seconds precision, as every wire shows times. Only another day than the last one is spelled by `Date`,
 * which takes eight times as long and is asked for two or three times in an answer. @throws RangeError for what is not a time.
 */
export function isoSeconds(ms: number): string {
  const day = Math.floor(ms / dayMs)
  if (day !== spelledDay.day) spelledDay = { day, text: new Date(ms).toISOString().slice(0, -'00:00:00.000Z'.length) }
  const seconds = Math.floor((ms - day * dayMs) / 1000)
  const [hour, minute, second] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return `${spelledDay.text}${twoDigits[hour]}:${twoDigits[minute]}:${twoDigits[second]}Z`
}
