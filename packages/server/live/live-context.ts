import type { Timers } from '@parlor/conversation/turn'
import type { EndingFanOut } from '@parlor/core/session'
import type { Heartbeat } from './heartbeat.ts'
import type { LivePorts } from './live-ports.ts'
import type { LiveTiming } from './live-timing.ts'
import type { Registry } from './registry.ts'

/** What every part of one live endpoint shares. */
export interface LiveContext {
  readonly ports: LivePorts
  readonly timing: LiveTiming
  readonly registry: Registry
  readonly heartbeat: Heartbeat
  readonly timers: Timers
  /** Tells every connection, here and elsewhere, that a session is over. */
  readonly fanOut: EndingFanOut
}

/** Node's own timers; a waiting reply does not keep the process alive. */
export const nodeTimers: Timers = {
  after: (delayMs, work) => {
    const timer = setTimeout(work, delayMs)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** The ports of core's verbs that end sessions. */
export function endingPorts({ ports, fanOut }: LiveContext) {
  const { sessions, signingKeys, clock } = ports
  return { sessions, signingKeys, clock, fanOut }
}
