import { type Bucket, type Draw, drawFrom, fullBucket, type Rate } from '@parlor/core/limits'

/** How much each key has left, in this process. */
export interface KeyRates {
  draw(keyId: string, rate: Rate): Draw
}

const mostBuckets = 10_000

/** @param monotonicMs a clock that never goes back, so that setting the time helps nobody. */
export function keyRates(monotonicMs: () => number): KeyRates {
  const buckets = new Map<string, Bucket>()
  return {
    draw: (keyId, rate) => {
      const now = monotonicMs()
      const bucket = buckets.get(keyId) ?? fullBucket(rate, now)
      // Re-inserting keeps the map in order of use, so the oldest entry is the one to forget.
      buckets.delete(keyId)
      buckets.set(keyId, bucket)
      if (buckets.size > mostBuckets) buckets.delete(buckets.keys().next().value ?? '')
      return drawFrom(bucket, rate, now)
    },
  }
}
