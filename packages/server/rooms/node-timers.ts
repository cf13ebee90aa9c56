import type { Timers } from '@parlor/conversation/turn'

/** Node's own timers; an avatar that waits does not keep the process alive. */
export const nodeTimers: Timers = {
  after: (delayMs, work) => {
    const timer = setTimeout(work, delayMs)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
