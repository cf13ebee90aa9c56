import { expect, it } from 'vitest'
import { countEvent, newPace } from './rate.ts'

it('lets a burst of sixty through and then ten a second', () => {
  const pace = newPace(0)
  const verdicts = Array.from({ length: 61 }, () => countEvent(pace, 0))
  expect(verdicts.lastIndexOf('pass')).toBe(59)
  expect(verdicts[60]).toBe('refuse')
  expect(countEvent(pace, 100)).toBe('pass')
  expect(countEvent(pace, 100)).toBe('refuse')
})

it('closes after thirty refusals, and forgets them once the sender has been quiet', () => {
  const pace = newPace(0)
  for (let n = 0; n < 90; n += 1) expect(countEvent(pace, 0)).not.toBe('close')
  expect(countEvent(pace, 0)).toBe('close')
  const calm = newPace(0)
  for (let n = 0; n < 80; n += 1) countEvent(calm, 0)
  expect(countEvent(calm, 10_000)).toBe('pass')
  for (let n = 0; n < 89; n += 1) expect(countEvent(calm, 10_000)).not.toBe('close')
})
