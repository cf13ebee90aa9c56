import { monotonicMs } from './watched-session.ts'

const everyMs = 20
const remembered = 100

/** How late this process was with what it had to do, at most, in the last two seconds: what it reads may have lain there so long. */
export function watchOwnLag(): () => number {
  const lags: number[] = []
  let last = monotonicMs()
  setInterval(() => {
    const now = monotonicMs()
    lags.push(now - last - everyMs)
    if (lags.length > remembered) lags.shift()
    last = now
  }, everyMs).unref()
  return () => Math.max(0, monotonicMs() - last - everyMs, ...lags)
}
