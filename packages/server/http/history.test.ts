import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../admission/house.ts'

let house: House
let key: string
let readOnly: string
beforeAll(async () => {
  house = await openHouse()
  key = await house.makeKey(house.mine)
  readOnly = await house.makeKey(house.mine, { scopes: ['read'] })
})
afterAll(() => house.close())

const call = (method: 'GET' | 'POST', url: string, apiKey?: string, body?: object) =>
  house.composed.app.inject({
    method,
    url,
    headers: { 'user-agent': 'shop/1.0', ...(apiKey !== undefined && { 'x-api-key': apiKey }) },
    ...(body && { payload: body }),
  })
const history = async (query = '') => (await call('GET', `/v1/requests${query}`, key)).json()

describe('the history of calls', () => {
  it('begins empty, with a count of none (B40, B41)', async () => {
    expect(await history()).toMatchObject({ data: [], requests_this_month: 0 })
  })

  it('tells newest first of every call made with a key, refused ones too (B38, B42)', async () => {
    const wish = { agentic_avatar_id: house.mine.agent, user_metadata: { secret: 'body-text' } }
    await call('POST', '/v1/widget/sessions?token=query-text', key, wish)
    await call('POST', '/v1/widget/sessions', key, {})
    await call('POST', '/v1/widget/sessions', readOnly, wish)
    await call('GET', '/v1/avatars/unknown', key)
    const { data } = await history('?page_size=4')
    expect(data.map(({ operation, status }: { operation: string; status: number }) => [operation, status])).toEqual([
      ['getAvatar', 404],
      ['createWidgetSession', 403],
      ['createWidgetSession', 422],
      ['createWidgetSession', 200],
    ])
    expect(data[0]).toMatchObject({ method: 'GET', path: '/v1/avatars/unknown', user_agent: 'shop/1.0' })
    expect(Date.parse(data[0].time)).toBeGreaterThan(Date.now() - 60_000)
  })

  it('holds no key, no token, no body and no query (B43)', async () => {
    await call('GET', `/v1/avatars/${key}`, key)
    const text = JSON.stringify(await history())
    expect(text).toContain('/v1/avatars/…')
    for (const secret of [key, readOnly, 'body-text', 'query-text', 'eyJ']) expect(text).not.toContain(secret)
  })

  it('is cut to one operation on request, and counts the whole month', async () => {
    const { data, requests_this_month } = await history('?operation=getAvatar')
    expect(data.every(({ operation }: { operation: string }) => operation === 'getAvatar')).toBe(true)
    expect(requests_this_month).toBeGreaterThanOrEqual(6)
  })

  it('is shown to its own account and to nobody without a key (B39)', async () => {
    expect((await call('GET', '/v1/requests')).statusCode).toBe(401)
    const theirKey = await house.makeKey(house.theirs)
    expect((await call('GET', '/v1/requests', theirKey)).json().data).toEqual([])
  })

  it('moves the key’s own count and last use (B34)', async () => {
    const keys = (await call('GET', '/v1/api-keys', key)).json().data
    const mine = keys.find(({ scopes }: { scopes: string[] }) => scopes.length === 1)
    expect(mine).toMatchObject({ request_count: 1, last_used_ip: '127.0.0.1', last_used_at: expect.any(String) })
  })
})
