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
  const windowSeconds = 5
  const customer = await newCustomer(parlor, 'Hasty shop', { rate_limit: 5, rate_limit_window: windowSeconds })
  const callMany = (count: number) =>
    Promise.all(Array.from({ length: count }, () => customer.send('GET', '/v1/voices')))
  const burst = await callMany(9)
  const refused = burst.filter(({ status }) => status === 429)
  expect(burst.filter(({ status }) => status === 200).length).toBe(9 - refused.length)
  // A busy machine may take long enough over nine calls for a call or two more to come free.
  expect(refused.length).toBeGreaterThanOrEqual(2)
  expect(refused.length).toBeLessThanOrEqual(4)
  for (const { body, headers } of refused) {
    expect(body).toMatchObject({ code: 'RATE_LIMIT_EXCEEDED', error: { code: 'RATE_LIMIT_EXCEEDED' } })
    expect(headers).toMatchObject({ 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '0' })
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(windowSeconds)
  }
  expect((await parlor.request('GET', '/v1/voices')).status).toBe(200)
  await new Promise((resolve) => setTimeout(resolve, Number(refused.at(-1)?.headers['retry-after']) * 1000))
  expect((await customer.send('GET', '/v1/voices')).status).toBe(200)
  await new Promise((resolve) => setTimeout(resolve, windowSeconds * 1000))
  expect((await callMany(5)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
})

test('a key that is asked about has its rate there, too', async () => {
  const { key } = await makeKey(parlor, { rate_limit: 2, rate_limit_window: 600 })
  const statuses = []
  for (const path of ['', '/validate', '']) {
    statuses.push((await withKey(key, 'POST', `/v1/api-keys${path}`)).status)
  }
  expect(statuses).toEqual([200, 200, 429])
})
