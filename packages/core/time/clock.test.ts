import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isoSeconds } from './clock.ts'

test('a time is spelled as Date spells it, without its milliseconds', () => {
  const asDate = (ms: number) => `${new Date(ms).toISOString().slice(0, -5)}Z`
  const farthest = 8.64e15
  const near = fc.integer({ min: Date.UTC(2026, 11, 30), max: Date.UTC(2027, 0, 2) })
  fc.assert(
    fc.property(fc.oneof(near, fc.integer({ min: -farthest, max: farthest })), (ms) => isoSeconds(ms) === asDate(ms)),
  )
})

test('what is not a time is refused', () => {
  for (const ms of [Number.NaN, Number.POSITIVE_INFINITY, 9e15]) expect(() => isoSeconds(ms)).toThrow(RangeError)
})
