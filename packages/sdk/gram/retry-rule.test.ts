import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { RetryConfig } from './options.ts'
import { retryRule } from './retry-rule.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const backoff = (more: object = {}): RetryConfig => ({ strategy: 'backoff', backoff: more })
const ruleOf = (config: RetryConfig | undefined, codes?: (string | number)[]) => retryRule(config, codes, () => true)

it('waits the first interval times the number of the retry to a power, and a part of a second by chance, up to a limit', () => {
  const chance = vi.spyOn(Math, 'random').mockReturnValue(0)
  const delays = (config: RetryConfig) => [0, 1, 2, 3, 40].map((again) => ruleOf(config).delayMs(again, null))
  expect(delays(backoff()).map(Math.round)).toEqual([0, 500, 1414, 2598, 60_000])
  const own = backoff({ initialInterval: 100, exponent: 2, maxInterval: 800 })
  expect(delays(own)).toEqual([0, 100, 400, 800, 800])
  chance.mockReturnValue(0.5)
  expect(delays(own)).toEqual([500, 600, 800, 800, 800])
})

it('waits as long as the server asks, but no longer than its limit', () => {
  expect(ruleOf(backoff()).delayMs(3, 1234)).toBe(1234)
  expect(ruleOf(backoff({ maxInterval: 1000 })).delayMs(0, 1234)).toBe(1000)
})

it.each([
  [undefined, [429, 500, 502, 503, 504], [200, 400, 408, 501, 505]],
  [
    ['5XX', '409'],
    [409, 500, 599],
    [429, 50, 5000],
  ],
  [
    [429, '41x'],
    [429, 410, 419],
    [420, 500],
  ],
])('repeats the statuses of %j', (codes, repeated, others) => {
  const { retries } = ruleOf(backoff(), codes)
  expect(repeated.filter(retries)).toEqual(repeated)
  expect(others.filter(retries)).toEqual([])
})

it('stops when more than the most time has gone by, an hour unless said', () => {
  const [own, usual] = [ruleOf(backoff({ maxElapsedTime: 5000 })), ruleOf(backoff())]
  vi.advanceTimersByTime(5000)
  expect(own.retries(500)).toBe(true)
  vi.advanceTimersByTime(1)
  expect([own.retries(500), usual.retries(500)]).toEqual([false, true])
  vi.advanceTimersByTime(3_600_000)
  expect(usual.retries(500)).toBe(false)
})

it('repeats connections and time-outs only on wish, nothing else that is thrown, and not for ever', () => {
  const wish: RetryConfig = { strategy: 'backoff', backoff: { maxElapsedTime: 5 }, retryConnectionErrors: true }
  const rules = [ruleOf(wish), ruleOf(backoff()), retryRule(wish, [], () => false)]
  expect(rules.map((rule) => rule.retriesConnections)).toEqual([true, false, false])
  vi.advanceTimersByTime(6)
  expect(rules[0]?.retriesConnections).toBe(false)
})

it.each([undefined, { strategy: 'none' } as const])('tries once with %j', (config) => {
  expect(ruleOf(config).most).toBe(0)
})
