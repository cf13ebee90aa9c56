import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { makeKey, newCustomer } from './customer.ts'

let parlor: Parlor
let agentId: string
beforeAll(async () => {
  parlor = await startParlor()
  agentId = await parlor.createAgent()
})
afterAll(() => parlor[Symbol.asyncDispose]())

interface ApiKey {
  id: string
  key: string
  request_count: number
  last_used_at: string | null
  last_used_ip: string | null
}
type List = { data: ApiKey[]; api_keys: ApiKey[] }

const listKeys = async () => (await parlor.request<List>('GET', '/v1/api-keys?page_size=100')).body
const readKey = async (id: string) => (await listKeys()).data.find((one) => one.id === id) as ApiKey
const withKey = (key: string | undefined, method = 'GET', path = '/v1/voices', body?: object) =>
  parlor.request(method, path, body, { 'x-api-key': key })

test('each call with a key is counted for that key alone, with when and from where', async () => {
  const [one, two] = [await makeKey(parlor), await makeKey(parlor)]
  expect(await readKey(one.id)).toMatchObject({ request_count: 0, last_used_at: null, last_used_ip: null })
  await withKey(one.key)
  await withKey(one.key, 'GET', '/v1/avatars/unknown')
  await withKey(one.key, 'POST', '/v1/widget/sessions', {})
  await expect.poll(() => readKey(one.id)).toMatchObject({ request_count: 3, last_used_ip: '127.0.0.1' })
  const { last_used_at } = await readKey(one.id)
  expect(Math.abs(Date.parse(String(last_used_at)) - Date.now())).toBeLessThan(5_000)
  expect(await readKey(two.id)).toMatchObject({ request_count: 0, last_used_at: null })
})

test('no key, a wrong key and a key that may only read are told apart, and make nothing', async () => {
  const readOnly = await makeKey(parlor, { scopes: ['read'] })
  const wish = { agentic_avatar_id: agentId }
  const sessionsMade = async () => {
    const { body } = await parlor.request<{ usage: { total_sessions: number } }>(
      'GET',
      `/v1/agentic-avatars/${agentId}`,
    )
    return body.usage.total_sessions
  }
  const before = await sessionsMade()
  for (const [key, status, code] of [
    [undefined, 401, 'MISSING_API_KEY'],
    ['', 401, 'MISSING_API_KEY'],
    [`sk_live_${'0'.repeat(40)}`, 401, 'INVALID_API_KEY'],
    [readOnly.key, 403, 'INSUFFICIENT_PERMISSIONS'],
  ] as const) {
    expect(await withKey(key, 'POST', '/v1/widget/sessions', wish)).toMatchObject({ status, body: { code } })
  }
  expect(await sessionsMade()).toBe(before)
  expect((await withKey(readOnly.key)).status).toBe(200)
})

test('once made, a key is shown masked wherever it is shown', async () => {
  const { key, id } = await makeKey(parlor)
  await withKey(key)
  const answers = [
    await parlor.request('GET', '/v1/api-keys'),
    await parlor.request('GET', '/admin/v1/keys'),
    await withKey(key, 'POST', '/v1/api-keys'),
    await withKey(key, 'POST', '/v1/api-keys/validate'),
    await parlor.request('GET', '/v1/requests'),
    await withKey(key, 'POST', '/v1/widget/sessions', { agentic_avatar_id: agentId }),
  ]
  const secret = key.slice(key.length / 2, -4)
  for (const { status, text } of answers) {
    expect(status).toBe(200)
    expect(text).not.toContain(key)
    expect(text).not.toContain(secret)
  }
  const shown = await readKey(id)
  expect(shown.key.length).toBeLessThan(key.length)
  expect(key.startsWith(shown.key.slice(0, 4))).toBe(true)
  const { data, api_keys } = await listKeys()
  expect(api_keys).toEqual(data)
})

test('over its rate a key gets 429 and is told when; the next window works, and other keys never noticed', async () => {
  const windowSeconds = 2
  const customer = await newCustomer(parlor, 'Hasty shop', { rate_limit: 3, rate_limit_window: windowSeconds })
  const statuses: number[] = []
  for (let n = 0; n < 4; n += 1) statuses.push((await customer.send('GET', '/v1/voices')).status)
  expect(statuses).toEqual([200, 200, 200, 429])
  const refused = await customer.send('POST', '/v1/widget/sessions', { agentic_avatar_id: agentId })
  expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMIT_EXCEEDED' } })
  expect(refused.headers).toMatchObject({ 'x-ratelimit-limit': '3', 'x-ratelimit-remaining': '0' })
  const wait = Number(refused.headers['retry-after'])
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThanOrEqual(windowSeconds)
  expect((await parlor.request('GET', '/v1/voices')).status).toBe(200)
  await new Promise((resolve) => setTimeout(resolve, wait * 1000))
  expect((await customer.send('GET', '/v1/voices')).status).toBe(200)
  await new Promise((resolve) => setTimeout(resolve, windowSeconds * 1000))
  const later = await Promise.all([1, 2, 3].map(() => customer.send('GET', '/v1/voices')))
  expect(later.map(({ status }) => status)).toEqual([200, 200, 200])
})
