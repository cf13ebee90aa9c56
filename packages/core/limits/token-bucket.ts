/** A rate: at most `limit` in any `windowSeconds`, refilled evenly. */
export interface Rate {
  limit: number
  windowSeconds: number
}

export interface Bucket {
  tokens: number
  /** Milliseconds, of whatever clock the caller uses throughout. */
  filledAt: number
}

export interface Draw {
  allowed: boolean
  /** Whole requests left. */
  remaining: number
  /** Seconds until the bucket is full again. */
  resetSeconds: number
  /** Seconds until one request is possible; 0 when one is. */
  retryAfterSeconds: number
}

export function fullBucket(rate: Rate, now: number): Bucket {
  return { tokens: rate.limit, filledAt: now }
}

/** Takes one from the bucket if it holds one. Changes `bucket`. A clock set back refills nothing. */
export function drawFrom(bucket: Bucket, rate: Rate, now: number): Draw {
  const perMs = rate.limit / (rate.windowSeconds * 1000)
  const elapsedMs = Math.max(0, now - bucket.filledAt)
  bucket.tokens = Math.min(rate.limit, bucket.tokens + elapsedMs * perMs)
  bucket.filledAt = now
  const allowed = bucket.tokens >= 1
  if (allowed) bucket.tokens -= 1
  return {
    allowed,
    remaining: Math.floor(bucket.tokens),
    resetSeconds: Math.ceil((rate.limit - bucket.tokens) / perMs / 1000),
    retryAfterSeconds: bucket.tokens >= 1 ? 0 : Math.ceil((1 - bucket.tokens) / perMs / 1000),
  }
}
