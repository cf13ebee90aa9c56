import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseDuration } from './duration.ts'
import { drawFrom, fullBucket } from './token-bucket.ts'

describe('a rate', () => {
  it('lets exactly its limit through at once, and again after a window (B37)', () => {
    const rate = { limit: 5, windowSeconds: 60 }
    const bucket = fullBucket(rate, 0)
    const drawAll = (now: number) =>
      Array.from({ length: 7 }, () => drawFrom(bucket, rate, now)).filter((d) => d.allowed).length
    expect(drawAll(0)).toBe(5)
    expect(drawAll(0)).toBe(0)
    expect(drawAll(60_000)).toBe(5)
  })

  it('says when to try again, and that is true', () => {
    const rate = { limit: 1, windowSeconds: 60 }
    const bucket = fullBucket(rate, 0)
    drawFrom(bucket, rate, 0)
    const refused = drawFrom(bucket, rate, 1000)
    expect(refused).toMatchObject({ allowed: false, remaining: 0, retryAfterSeconds: 59 })
    expect(drawFrom(bucket, rate, 60_000).allowed).toBe(true)
  })

  it('never lets more through than limit plus what time refills, and a clock set back refills nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: -5_000, max: 5_000 }), { maxLength: 80 }),
        (limit, steps) => {
          const rate = { limit, windowSeconds: 10 }
          const bucket = fullBucket(rate, 0)
          let now = 0
          let forward = 0
          let let_through = 0
          for (const step of steps) {
            now += step
            forward += Math.max(0, step)
            if (drawFrom(bucket, rate, now).allowed) let_through += 1
          }
          expect(let_through).toBeLessThanOrEqual(limit + (forward / 10_000) * limit + 1e-6)
        },
      ),
    )
  })
})

describe('a session’s duration', () => {
  it('is an hour when nobody says, or the ceiling where that is lower', () => {
    expect(chooseDuration(undefined, [null, null], [])).toBe(3600)
    expect(chooseDuration(undefined, [600, null], [])).toBe(600)
  })

  it.each([0, -1, 1.5, 86_401, Number.NaN, Number.POSITIVE_INFINITY])('is refused as %d', (wish) => {
    expect(() => chooseDuration(wish, [], ['durationSeconds'])).toThrow(/durationSeconds/)
  })

  it('is refused above the lowest ceiling, which the message names', () => {
    expect(chooseDuration(900, [900, 1000], [])).toBe(900)
    expect(() => chooseDuration(901, [900, 1000], ['durationSeconds'])).toThrow(/1 to 900/)
  })
})
