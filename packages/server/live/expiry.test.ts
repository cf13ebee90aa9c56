import { expect, it } from 'vitest'
import { nextWarning } from './expiry.ts'

it.each([
  [3_600_000, 60],
  [60_001, 60],
  [60_000, 30],
  [30_000, 10],
  [10_001, 10],
  [10_000, undefined],
  [0, undefined],
])('with %i ms left the next warning is the one at %s seconds', (leftMs, seconds) => {
  expect(nextWarning(leftMs)).toBe(seconds)
})
