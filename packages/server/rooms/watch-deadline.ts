import type { Clock } from '@parlor/core/time'
import { longestTimerMs } from './rooms-timing.ts'

/** When people in a room are told that the end is near, in seconds before it. */
const warnings = [60, 30, 10]

export interface Deadline {
  /** Milliseconds since 1970. */
  expiresAt: number
  clock: Clock
  warn(secondsRemaining: number): void
  arrive(): void
}

/** Tells of a session's end before it comes, and when it has come; the returned function calls it off. */
export function watchDeadline({ expiresAt, clock, warn, arrive }: Deadline): () => void {
  let timer: NodeJS.Timeout | undefined
  function arm(): void {
    const leftMs = expiresAt - clock.now()
    const next = warnings.find((seconds) => seconds * 1000 < leftMs)
    const waitMs = Math.max(0, leftMs - (next ?? 0) * 1000)
    timer = setTimeout(() => wake(next), Math.min(waitMs, longestTimerMs))
    timer.unref()
  }
  /** A timer may be early, by its own measure or because the time was too long for one. */
  function wake(warning: number | undefined): void {
    const leftMs = expiresAt - clock.now()
    if (leftMs <= 0) {
      arrive()
      return
    }
    if (warning !== undefined && leftMs <= warning * 1000) warn(warning)
    arm()
  }
  arm()
  return () => clearTimeout(timer)
}
