import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { newCustomer } from '../widget-wire/customer.ts'
import { type Backend, claimsOf, openBackend, type Refusal } from './backend.ts'

let parlor: Parlor
let backend: Backend
let second: { id: string; slug: string }
beforeAll(async () => {
  parlor = await startParlor()
  backend = await openBackend(parlor)
  second = await backend.makeProject('Second shop')
})
afterAll(() => parlor[Symbol.asyncDispose]())

const origin = 'https://shop.example'
/** 404 where the token is good: the path leads nowhere, but is judged. */
const use = async (token: string) =>
  (await backend.call('GET', '/rpc/chat.unknown', { 'gram-chat-session': token, origin })).status
const good = 404

test('a token is revoked once; what is no live token of the project is a bad request', async () => {
  const token = await backend.makeToken(origin)
  const done = await backend.revoke(token)
  expect([done.status, done.text]).toEqual([204, ''])
  expect(await use(token)).toBe(401)
  const again = await backend.revoke(token)
  expect([again.status, again.body.name]).toEqual([400, 'bad_request'])
  for (const text of ['garbage', 'a.b.c', `${token}x`, 'x'.repeat(9000)]) {
    const answer = await backend.revoke(text)
    expect([answer.status, answer.body.name]).toEqual([400, 'bad_request'])
    expect(answer.text).not.toContain(text)
  }
  for (const path of ['/rpc/chatSessions.revoke', '/rpc/chatSessions.revoke?token=']) {
    const answer = await backend.call<Refusal>('DELETE', path, { 'gram-key': backend.key, 'gram-project': 'default' })
    expect([answer.status, answer.body.name]).toEqual([400, 'missing_field'])
  }
})

test('another project and another account do not revoke a token, and it goes on working', async () => {
  const token = await backend.makeToken(origin)
  const other = await backend.revoke(token, second.slug)
  expect([other.status, other.body.name]).toEqual([403, 'forbidden'])
  const customer = await newCustomer(parlor, 'Another shop', { scopes: ['chat'] })
  const path = `/rpc/chatSessions.revoke?token=${token}`
  const foreign = await backend.call<Refusal>('DELETE', path, { 'gram-key': customer.key, 'gram-project': 'default' })
  expect([foreign.status, foreign.body.name]).toEqual([403, 'forbidden'])
  expect((await backend.call('DELETE', path)).status).toBe(401)
  expect(await use(token)).toBe(good)
  expect((await backend.revoke(token)).status).toBe(204)
})

test('a revoked token is worth nothing in the very next request, on every connection', async () => {
  for (let round = 0; round < 20; round += 1) {
    const token = await backend.makeToken(origin)
    expect(await use(token)).toBe(good)
    expect((await backend.revoke(token)).status).toBe(204)
    expect(await Promise.all([use(token), use(token), use(token)])).toEqual([401, 401, 401])
  }
})

test('a token may come beside the key that ends it, and is judged first', async () => {
  const token = await backend.makeToken(origin)
  const path = `/rpc/chatSessions.revoke?token=${token}`
  const beside = { 'gram-key': backend.key, 'gram-project': 'default', 'gram-chat-session': token }
  expect((await backend.call('DELETE', path, { ...beside, origin: 'https://evil.example' })).status).toBe(403)
  expect((await backend.call('DELETE', path, { ...beside, origin })).status).toBe(204)
  expect(await use(token)).toBe(401)
  expect((await backend.call('DELETE', path, { ...beside, origin })).status).toBe(401)
})

test('a token of one project is for no other one', async () => {
  const token = await backend.makeToken(origin)
  const call = async (project?: string) =>
    (await backend.call('GET', '/rpc/chat.list', { 'gram-chat-session': token, origin, 'gram-project': project }))
      .status
  expect(await call()).toBe(200)
  expect(await call('default')).toBe(200)
  expect(await call(second.slug)).toBe(401)
  expect(await call('nowhere')).toBe(401)
})

test('a token makes and ends no tokens, neither as itself nor in the place of a key', async () => {
  const [token, other] = [await backend.makeToken(origin), await backend.makeToken(origin)]
  for (const carrier of ['gram-chat-session', 'gram-key', 'gram-session', 'authorization']) {
    const headers = {
      origin,
      'gram-project': 'default',
      [carrier]: carrier === 'authorization' ? `Bearer ${token}` : token,
    }
    const made = await backend.call('POST', '/rpc/chatSessions.create', headers, { embed_origin: origin })
    const ended = await backend.call('DELETE', `/rpc/chatSessions.revoke?token=${other}`, headers)
    expect([carrier, made.status, ended.status]).toEqual([carrier, 401, 401])
  }
  expect(await use(other)).toBe(good)
})

test('a token that nobody signed, or somebody else did, is refused', async () => {
  const token = await backend.makeToken(origin)
  const [head = '', body = '', signature = ''] = token.split('.')
  const decoded = JSON.parse(Buffer.from(head, 'base64url').toString())
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const withHead = (alg: string) => `${encode({ ...decoded, alg })}.${body}`
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = publicKey.export({ type: 'spki', format: 'pem' })
  const longer = encode({ ...claimsOf(token), exp: 4_102_444_800 })
  const rs = withHead('RS256')
  const forged = {
    none: `${withHead('none')}.`,
    'none, with a signature': `${withHead('none')}.${signature}`,
    'None, in other letters': `${withHead('nOnE')}.`,
    RS256: `${rs}.${sign('RSA-SHA256', Buffer.from(rs), privateKey).toString('base64url')}`,
    'a public key as secret': `${head}.${body}.${createHmac('sha256', pem).update(`${head}.${body}`).digest('base64url')}`,
    'no signature': `${head}.${body}.`,
    'a longer life': `${head}.${longer}.${signature}`,
    'another key': `${encode({ ...decoded, kid: 'other' })}.${body}.${signature}`,
  }
  for (const [what, text] of Object.entries(forged)) {
    expect([what, await use(text)]).toEqual([what, 401])
    expect([what, (await backend.revoke(text)).status]).toEqual([what, 400])
  }
  expect(await use(token)).toBe(good)
})

test('a restart forgets no token and no revocation, also after a crash', async () => {
  const [kept, revoked] = [await backend.makeToken(origin), await backend.makeToken(origin)]
  expect((await backend.revoke(revoked)).status).toBe(204)
  await parlor.restart()
  expect([await use(kept), await use(revoked)]).toEqual([good, 401])
  expect((await backend.revoke(revoked)).status).toBe(400)
  await parlor.stop()
  await parlor.restart()
  expect([await use(kept), await use(revoked)]).toEqual([good, 401])
  expect((await backend.revoke(kept)).status).toBe(204)
})
