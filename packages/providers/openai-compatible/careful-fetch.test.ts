import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { carefulFetch, type Fetch } from './careful-fetch.ts'

const url = 'http://endpoint.test/v1/chat/completions'
const busy = (status: number, headers: Record<string, string> = {}) => new Response('busy', { status, headers })

/** A fetch that answers in order; what is an error is thrown. */
function inOrder(...answers: (Response | Error)[]) {
  const fetch = vi.fn<Fetch>(async () => {
    const answer = answers.shift()
    if (answer instanceof Response) return answer
    throw answer ?? new Error('asked too often')
  })
  return { fetch, careful: carefulFetch(fetch) }
}

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => void vi.useRealTimers())

describe('a busy endpoint', () => {
  it.each([
    [429, undefined, 500],
    [503, '2', 2_000],
    [429, '5', 5_000],
    [503, 'Thu, 01 Jan 1970 00:00:03 GMT', 3_000],
    [429, 'soon', 500],
  ])('(%i, Retry-After %s) is asked once more after %i ms', async (status, retryAfter, waitMs) => {
    const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter }
    const { fetch, careful } = inOrder(busy(status, headers), new Response('fine'))
    const answer = careful(url)
    await vi.advanceTimersByTimeAsync(waitMs - 1)
    expect(fetch).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(await (await answer).text()).toBe('fine')
    expect(fetch).toHaveBeenCalledTimes(2)
  })

  it('is not asked a third time', async () => {
    const { fetch, careful } = inOrder(busy(503), busy(503), new Response('fine'))
    const answer = expect(careful(url)).rejects.toMatchObject({ kind: 'refused', statusCode: 503 })
    await vi.advanceTimersByTimeAsync(500)
    await answer
    expect(fetch).toHaveBeenCalledTimes(2)
  })

  it.each(['6', 'Thu, 01 Jan 1970 00:01:00 GMT'])('that wants longer (%s) is given up at once', async (retryAfter) => {
    const { fetch, careful } = inOrder(busy(429, { 'retry-after': retryAfter }))
    await expect(careful(url)).rejects.toMatchObject({ kind: 'refused', statusCode: 429 })
    expect(fetch).toHaveBeenCalledTimes(1)
  })
})

it.each([301, 307, 400, 401, 404, 500, 502, 204])('an answer of %i is a refusal at once', async (status) => {
  const { fetch, careful } = inOrder(new Response(null, { status, headers: { location: 'http://elsewhere.test/' } }))
  await expect(careful(url)).rejects.toMatchObject({ kind: 'refused', statusCode: status })
  expect(fetch.mock.calls).toEqual([[url, { redirect: 'manual' }]])
})

describe('an endpoint out of reach', () => {
  it('is tried twice', async () => {
    const { fetch, careful } = inOrder(new TypeError('fetch failed'), new Response('fine'))
    const answer = careful(url)
    await vi.advanceTimersByTimeAsync(500)
    expect(await (await answer).text()).toBe('fine')
    expect(fetch).toHaveBeenCalledTimes(2)
  })

  it('twice is a fault that keeps what the network said to itself', async () => {
    const { careful } = inOrder(new TypeError('with a key'), new TypeError('with a key'))
    const answer = careful(url).catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(500)
    expect(await answer).toMatchObject({ kind: 'unreachable', name: 'ModelFault(unreachable)' })
    expect(inspect(await answer)).not.toContain('with a key')
  })

  it('is not tried again for somebody who left', async () => {
    const controller = new AbortController()
    const { fetch, careful } = inOrder(busy(503), new Response('fine'))
    const answer = careful(url, { signal: controller.signal }).catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(100)
    controller.abort('left')
    expect(await answer).toBe('left')
    expect(vi.getTimerCount()).toBe(0)
    expect(fetch).toHaveBeenCalledTimes(1)
  })
})

it('who leaves gets the reason for leaving, not a fault of the endpoint', async () => {
  const controller = new AbortController()
  const attempts = vi.fn<Fetch>(async () => {
    if (attempts.mock.calls.length === 1) return busy(503, { 'retry-after': '0' })
    controller.abort('left')
    throw new TypeError('aborted')
  })
  const answer = carefulFetch(attempts)(url, { signal: controller.signal }).catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(0)
  expect(await answer).toBe('left')
})

it('an answer without end is broken off, whatever it holds', async () => {
  const chunk = new Uint8Array(1024 * 1024)
  let pulled = 0
  const endless = new ReadableStream({
    pull(controller) {
      pulled += 1
      controller.enqueue(chunk)
    },
  })
  const { careful } = inOrder(new Response(endless))
  const response = await careful(url)
  await expect(response.arrayBuffer()).rejects.toMatchObject({ kind: 'endless' })
  expect(pulled).toBeLessThan(20)
})
