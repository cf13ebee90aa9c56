import { liveLimits } from '@parlor/protocol'

/** Durations of the live socket in milliseconds, sizes in bytes. */
export interface LiveTiming {
  /** How often one shared timer looks after all sockets. */
  tickMs: number
  helloTimeoutMs: number
  pingEveryMs: number
  /** A reply runs on this long for a visitor whose connection is lost. */
  detachedReplyMs: number
  /** A reader that takes nothing for this long is let go. */
  stalledMs: number
  /** How long a brain may say nothing. */
  brainSilenceMs: number
  /** Least time between two pieces of an answer. */
  deltaEveryMs: number
  /** How long the call that ends a session waits for our close frames. */
  closeFrameMs: number
  /** After a close frame the connection is destroyed, whatever the client does. */
  destroyAfterMs: number
  /** How long the news of a visitor's coming may take to come back to the node that told it; after that they are lost. */
  newsMs: number
  /** Above this much unsent, pieces of an answer wait. */
  softBufferBytes: number
  /** Above this much unsent, the connection is given up. */
  hardBufferBytes: number
}

export const defaultTiming: LiveTiming = {
  tickMs: 500,
  helloTimeoutMs: liveLimits.helloTimeoutMs,
  pingEveryMs: liveLimits.serverPingMs,
  detachedReplyMs: liveLimits.detachedReplyMs,
  stalledMs: 15_000,
  brainSilenceMs: 60_000,
  deltaEveryMs: 50,
  closeFrameMs: 100,
  destroyAfterMs: 1_000,
  newsMs: 3_000,
  softBufferBytes: 64 * 1024,
  hardBufferBytes: 1024 * 1024,
}
