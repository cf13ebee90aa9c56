import { type Bucket, drawFrom, fullBucket, type Rate } from '@parlor/core/limits'
import { liveLimits } from '@parlor/protocol'

/** What a connection may send: bursts of sixty events, ten a second on the long run. */
const rate: Rate = {
  limit: liveLimits.eventBurst,
  windowSeconds: liveLimits.eventBurst / liveLimits.eventsPerSecond,
}

/** Events refused before the bucket was full again, after which the connection is closed. */
const patience = 30

export interface Pace {
  bucket: Bucket
  refused: number
}

export function newPace(now: number): Pace {
  return { bucket: fullBucket(rate, now), refused: 0 }
}

/** Counts one event: it may pass, is refused, or was one too many. Changes `pace`. */
export function countEvent(pace: Pace, now: number): 'pass' | 'refuse' | 'close' {
  const draw = drawFrom(pace.bucket, rate, now)
  if (draw.allowed) {
    if (draw.remaining >= rate.limit - 1) pace.refused = 0
    return 'pass'
  }
  pace.refused += 1
  return pace.refused > patience ? 'close' : 'refuse'
}
