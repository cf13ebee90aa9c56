import { type Bucket, type Draw, drawFrom, fullBucket, type Rate } from '@parlor/core/limits'

/** How much each key has left, in this process. */
export interface KeyRates {
  draw(keyId: string, rate: Rate): Draw
}

const mostBuckets = 10_000

/**
 * @param monotonicMs a clock that never goes back, so that setting the time helps nobody.
 * @param nodes how many nodes serve: each gives out its share, so that all together keep to the rate (design 5).
 */
export function keyRates(monotonicMs: () => number, nodes: () => number = () => 1): KeyRates {
  const buckets = new Map<string, Bucket>()
  return {
    draw: (keyId, whole) => {
      const now = monotonicMs()
      const among = nodes()
      const rate = { ...whole, limit: Math.max(1, whole.limit / among) }
      const bucket = buckets.get(keyId) ?? fullBucket(rate, now)
      // Re-inserting keeps the map in order of use, so the oldest entry is the one to forget.
      buckets.delete(keyId)
      buckets.set(keyId, bucket)
      if (buckets.size > mostBuckets) buckets.delete(buckets.keys().next().value ?? '')
      const draw = drawFrom(bucket, rate, now)
      return { ...draw, remaining: Math.min(whole.limit, draw.remaining * among) }
    },
  }
}
