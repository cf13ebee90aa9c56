import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { newCustomer } from '../widget-wire/customer.ts'
import { type Backend, type Headers, openBackend, type Refusal } from './backend.ts'

let parlor: Parlor
let backend: Backend
beforeAll(async () => {
  parlor = await startParlor()
  backend = await openBackend(parlor)
})
afterAll(() => parlor[Symbol.asyncDispose]())

const origin = 'https://shop.example'
const use = async (token: string, from = origin) =>
  (await backend.call('GET', '/rpc/chat.list', { 'gram-chat-session': token, origin: from })).status
const create = (headers: Headers, embed_origin = origin) =>
  backend.call<Refusal>('POST', '/rpc/chatSessions.create', headers, { embed_origin })

test('a deleted project takes its tokens and its keys with it, for good', async () => {
  const { id, slug } = await backend.makeProject('Short lived')
  const bound = (await backend.makeKey(['chat'], id)).key
  const token = await backend.makeToken(origin, {}, slug)
  const elsewhere = await backend.makeToken(origin)
  expect((await create({ 'gram-key': bound, 'gram-project': slug })).status).toBe(200)
  expect((await backend.call('DELETE', `/rpc/projects.delete?id=${id}`, { 'gram-key': backend.key })).status).toBe(204)
  const after = async () => [
    await use(token),
    (await create({ 'gram-key': bound, 'gram-project': slug })).status,
    (await create({ 'gram-key': backend.key, 'gram-project': slug })).status,
    await use(elsewhere),
  ]
  expect(await after()).toEqual([401, 401, 403, 200])
  await parlor.restart()
  expect(await after()).toEqual([401, 401, 403, 200])
})

test('a strict project makes tokens for approved origins alone, and judges the older ones anew', async () => {
  const { slug } = await backend.makeProject('Strict')
  const headers = { 'gram-key': backend.key, 'gram-project': slug }
  const older = await backend.makeToken('https://old.example', {}, slug)
  const decide = (wanted: string, status: string) =>
    backend.call('POST', '/rpc/projects.upsertAllowedOrigin', headers, { origin: wanted, status })
  expect((await decide(origin, 'pending')).status).toBe(200)
  expect((await backend.call('POST', '/rpc/projects.setStrictOrigins', headers, { strict_origins: true })).status).toBe(
    200,
  )
  const refused = await create(headers)
  expect([refused.status, refused.body.name]).toEqual([403, 'forbidden'])
  expect(refused.body.message).toContain(origin)
  expect(await use(older, 'https://old.example')).toBe(403)
  await decide(origin, 'approved')
  expect((await create(headers)).status).toBe(200)
  const token = await backend.makeToken(origin, {}, slug)
  expect(await use(token)).toBe(200)
  // A page that Parlor is served beside names no origin: the rule is the same.
  const beside = async () =>
    (await backend.call('GET', '/rpc/chat.list', { 'gram-chat-session': token, host: 'shop.example' })).status
  expect(await beside()).toBe(200)
  await decide(origin, 'rejected')
  expect([await use(token), await beside()]).toEqual([403, 403])
})

test('a suspended account’s tokens and keys are worth nothing, and its sessions count like any others', async () => {
  const customer = await newCustomer(parlor, 'Small shop', { scopes: ['read', 'write', 'chat', 'producer'] })
  const own = await openBackend(parlor, customer.key)
  await parlor.request('PATCH', `/admin/v1/accounts/${customer.accountId}`, { concurrency: 1 })
  const token = await own.makeToken(origin)
  const headers = { 'gram-key': own.key, 'gram-project': 'default' }
  const second = await create(headers)
  expect([second.status, second.body.name]).toEqual([429, 'rate_limit_exceeded'])
  expect((await own.revoke(token)).status).toBe(204)
  const next = await own.makeToken(origin)
  expect(await use(next)).toBe(200)
  await parlor.request('PATCH', `/admin/v1/accounts/${customer.accountId}`, { suspended: true })
  expect(await use(next)).toBe(401)
  expect((await create(headers)).status).toBe(401)
  expect((await create({ 'gram-session': own.operator, 'gram-project': 'default' })).status).toBe(401)
})

test('a key made here is shown once, by its first digits afterwards, and is worth nothing once revoked', async () => {
  const { id, key } = await backend.makeKey(['consumer', 'chat'])
  expect(key).toMatch(/^gram_local_[0-9a-f]{64}$/)
  const operator = { 'gram-session': backend.operator }
  const list = await backend.call<{ keys: { id: string; key_prefix: string }[] }>('GET', '/rpc/keys.list', operator)
  expect(list.body.keys.find((one) => one.id === id)?.key_prefix).toBe(key.slice(0, 'gram_local_'.length + 5))
  expect(list.text).not.toContain(key)
  const verify = () => backend.call('GET', '/rpc/keys.verify', { 'gram-key': key })
  expect((await verify()).body).toMatchObject({ scopes: ['consumer', 'chat'], organization: { slug: 'default' } })
  expect((await backend.call('DELETE', `/rpc/keys.revoke?id=${id}`, operator)).status).toBe(200)
  expect((await verify()).status).toBe(401)
})
