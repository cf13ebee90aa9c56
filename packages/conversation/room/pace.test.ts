import { expect, test } from 'vitest'
import { createPace } from './pace.ts'

/** Shows frames for this long, each so late. */
function show(pace: ReturnType<typeof createPace>, clock: { ms: number }, forMs: number, lateMs: number): void {
  for (const until = clock.ms + forMs; clock.ms < until; clock.ms += 1000 / pace.perSecond(true))
    pace.shown(lateMs, clock.ms)
}

test('a single late frame changes nothing', () => {
  const pace = createPace()
  const clock = { ms: 0 }
  show(pace, clock, 1000, 2)
  pace.shown(400, clock.ms)
  show(pace, clock, 1000, 2)
  expect(pace.perSecond(true)).toBe(20)
  expect(pace.perSecond(false)).toBe(15)
})

test('frames of a machine that is merely busy stay as many', () => {
  const pace = createPace()
  const clock = { ms: 0 }
  for (let second = 0; second < 20; second += 1) {
    show(pace, clock, 900, 30)
    show(pace, clock, 60, 60)
  }
  expect(pace.perSecond(true)).toBe(20)
})

test('a late frame now and then does not keep them few', () => {
  const pace = createPace()
  const clock = { ms: 0 }
  show(pace, clock, 5000, 80)
  expect(pace.perSecond(true)).toBe(5)
  for (let second = 0; second < 30; second += 1) {
    show(pace, clock, 950, 5)
    show(pace, clock, 1, 60)
  }
  expect(pace.perSecond(true)).toBe(20)
})

test('frames that stay late fall step by step to five a second within three seconds', () => {
  const pace = createPace()
  const clock = { ms: 0 }
  const seen = new Set<number>()
  for (let frame = 0; frame < 18; frame += 1) {
    seen.add(pace.perSecond(true))
    show(pace, clock, 1, 50)
  }
  expect([...seen]).toEqual([20, 15, 10, 7, 5])
  expect(clock.ms).toBeLessThan(3000)
  show(pace, clock, 5000, 50)
  expect(pace.perSecond(true)).toBe(5)
  expect(pace.perSecond(false)).toBe(5)
})

test('they recover step by step, and try less often where that failed before', () => {
  const pace = createPace()
  const clock = { ms: 0 }
  show(pace, clock, 5000, 50)
  show(pace, clock, 3000, 0)
  expect(pace.perSecond(true)).toBe(7)
  show(pace, clock, 1000, 50)
  expect(pace.perSecond(true)).toBe(5)
  show(pace, clock, 3000, 0)
  expect(pace.perSecond(true)).toBe(5)
  show(pace, clock, 40_000, 0)
  expect(pace.perSecond(true)).toBe(20)
})
