import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../admission/house.ts'
import { type KeyRates, keyRates } from './key-rates.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const get = (key: string) =>
  house.composed.app.inject({ method: 'GET', url: '/v1/voices', headers: { 'x-api-key': key } })

describe('the rate of a key', () => {
  it('is held: what is over it gets 429 with the time to wait, other keys go on (B37)', async () => {
    const [tight, free] = await Promise.all([
      house.makeKey(house.mine, { rateLimit: 2, rateWindowSeconds: 60 }),
      house.makeKey(house.mine, { rateLimit: 0 }),
    ])
    const answers = [await get(tight), await get(tight), await get(tight)]
    expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 429])
    expect(answers[0]?.headers).toMatchObject({ 'x-ratelimit-limit': '2', 'x-ratelimit-remaining': '1' })
    const refused = answers[2]
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused?.json()).toMatchObject({
      code: 'RATE_LIMIT_EXCEEDED',
      error: { details: { retry_after: expect.any(Number) } },
    })
    expect((await get(free)).statusCode).toBe(200)
    expect((await get(free)).headers['x-ratelimit-limit']).toBeUndefined()
  })

  it('is the installation’s default where the key names none', async () => {
    const plain = await house.makeKey(house.mine, { rateLimit: null })
    expect((await get(plain)).headers['x-ratelimit-limit']).toBe('100')
  })
})

describe('the rate of a key on several nodes', () => {
  const rate = { limit: 10, windowSeconds: 60 }
  const taken = (rates: KeyRates) => {
    let count = 0
    while (rates.draw('k', rate).allowed) count += 1
    return count
  }

  it('is shared: together they give out what one would', () => {
    const nodes = [0, 1].map(() =>
      keyRates(
        () => 0,
        () => 2,
      ),
    )
    expect(nodes[0]?.draw('k', rate).remaining).toBe(8)
    expect(nodes.map(taken)).toEqual([4, 5])
  })

  it('moves to those that are left, within one window', () => {
    let now = 0
    let size = 2
    const rates = keyRates(
      () => now,
      () => size,
    )
    expect(taken(rates)).toBe(5)
    size = 1
    expect(taken(rates)).toBe(0)
    now = 60_000
    expect(taken(rates)).toBe(10)
  })

  it('never leaves a node without any', () => {
    const crowded = keyRates(
      () => 0,
      () => 50,
    )
    expect(taken(crowded)).toBe(1)
  })
})

describe('an account’s ceiling', () => {
  it('refuses a session too many, and lets one in again when one ends', async () => {
    const { stores } = house.composed
    const account = await stores.accounts.findAccount(house.theirs.accountId)
    if (account !== null) await stores.accounts.updateAccount({ ...account, concurrency: 2, maxDurationSeconds: 600 })
    const key = await house.makeKey(house.theirs)
    const create = (body: object = {}) =>
      house.composed.app.inject({
        method: 'POST',
        url: '/v1/widget/sessions',
        headers: { 'x-api-key': key },
        payload: { agentic_avatar_id: house.theirs.agent, ...body },
      })
    const [first, second, third] = [await create(), await create(), await create()]
    expect([first, second, third].map((r) => r?.statusCode)).toEqual([200, 200, 429])
    expect(first?.json().expires_in).toBe(600)
    expect(third?.json().code).toBe('CONCURRENCY_LIMIT_REACHED')
    const url = `/v1/widget/sessions/${first?.json().session_id}`
    await house.composed.app.inject({ method: 'DELETE', url, headers: { 'x-api-key': key } })
    expect((await create({ max_duration: 601 })).statusCode).toBe(422)
    expect((await create({ max_duration: 600 })).statusCode).toBe(200)
  })
})
