import { createSecretKey, randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { sealWith, signingKeysOver, signJwt, type TokenClaims } from '@parlor/core/token'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { type House, openHouse } from './house.ts'

/** The live socket takes a token in `hello`: every bad one, and every bad place to use a good one, is refused. */
const secret = 's'.repeat(40)
const site = 'https://shop.example'
/** What a frame page of this server carries: the house is told to listen on any port. */
const ownOrigin = 'http://127.0.0.1:0'
let house: House
let key: string
let address: string

beforeAll(async () => {
  house = await openHouse({ PARLOR_SECRET: secret })
  key = await house.makeKey(house.mine)
  await house.composed.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = house.composed.app.server.address() as AddressInfo
  address = `ws://127.0.0.1:${port}/v1/rt`
})
afterAll(() => house.close())

interface Outcome {
  code: number
  events: { type: string; code?: string | number; reason?: string; message?: string }[]
}

/** Says hello and waits for the end; a socket that is let in is closed by us with 1000. */
function hello(frame: object | string, origin: string | undefined = site): Promise<Outcome> {
  const socket = new WebSocket(address, origin === undefined ? {} : { origin })
  const events: Outcome['events'] = []
  socket.on('open', () =>
    socket.send(typeof frame === 'string' ? frame : JSON.stringify({ type: 'hello', v: 1, ...frame })),
  )
  socket.on('message', (data) => {
    const event = JSON.parse(String(data))
    events.push(event)
    if (event.type === 'ready') socket.close(1000)
  })
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('close', (code) => resolve({ code, events }))
  })
}

async function create(body: object = {}): Promise<{ session_id: string; session_token: string }> {
  const response = await house.composed.app.inject({
    method: 'POST',
    url: '/v1/widget/sessions',
    headers: { 'x-api-key': key },
    payload: { agentic_avatar_id: house.mine.agent, settings: { allowed_domains: ['shop.example'] }, ...body },
  })
  return response.json()
}
const end = (id: string) =>
  house.composed.app.inject({ method: 'DELETE', url: `/v1/widget/sessions/${id}`, headers: { 'x-api-key': key } })
const claimsOf = (token: string): TokenClaims =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
const headOf = (token: string): { kid: string } =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())

describe('WS /v1/rt', () => {
  it('lets a good token in from a site on its list', async () => {
    const { session_token: token } = await create()
    const outcome = await hello({ token })
    expect(outcome.code).toBe(1000)
    expect(outcome.events[0]).toMatchObject({ type: 'ready' })
  })

  it.each<[string, () => Promise<object | string>, number]>([
    ['no hello', async () => '{"type":"ping","t":1}', 4400],
    ['no token', async () => ({}), 4400],
    ['an empty token', async () => ({ token: '' }), 4400],
    ['a malformed token', async () => ({ token: 'a.b.c' }), 4401],
    ['an API key', async () => ({ token: key }), 4401],
    ['a session id', async () => ({ token: (await create()).session_id }), 4401],
    ['another key’s signature', forged, 4401],
    ['a token of a session that is not there', unknown, 4401],
    ['a token of a session of another kind', otherKind, 4401],
    ['a token whose signing key has retired', retired, 4401],
    ['a revoked session', async () => revoked(), 4411],
    ['an expired session', expired, 4410],
  ])('refuses %s', async (_, frame, code) => {
    const outcome = await hello(await frame())
    expect(outcome.code).toBe(code)
    expect(outcome.events.map(({ type }) => type)).not.toContain('ready')
    expect(outcome.events.at(-1)?.type).toMatch(/^(error|ended)$/)
  })

  it.each(['https://evil.example', 'https://www.shop.example', 'null', 'http://shop.example:81/'])(
    'refuses a good token from %s and makes nothing of it',
    async (origin) => {
      const { session_id, session_token: token } = await create({ settings: { allowed_origins: [site] } })
      const outcome = await hello({ token }, origin)
      expect(outcome.code).toBe(4403)
      expect(outcome.events.at(-1)).toMatchObject({ type: 'error', code: 'origin_refused' })
      const { sessions } = house.composed.stores
      expect((await sessions.findSession(session_id))?.state).toBe('issued')
      expect(await sessions.listLedger(session_id)).toHaveLength(1)
    },
  )

  it('refuses a frame that names another session than the token', async () => {
    const [mine, other] = [await create(), await create()]
    const outcome = await hello({ token: mine.session_token, session: other.session_id }, ownOrigin)
    expect(outcome.code).toBe(4403)
    expect(outcome.events.at(-1)?.message).toContain('frame_session_mismatch')
  })

  it('ends the session of an account that was suspended behind its back', async () => {
    const { session_id, session_token: token } = await create()
    const { accounts, sessions } = house.composed.stores
    const account = await accounts.findAccount(house.mine.accountId)
    if (account === null) throw new Error('the account is gone')
    await accounts.updateAccount({ ...account, suspendedAt: 1 })
    expect((await hello({ token })).code).toBe(4411)
    await accounts.updateAccount(account)
    expect((await sessions.findSession(session_id))?.state).toBe('ended')
    expect((await hello({ token })).code).toBe(4411)
  })
})

async function forged() {
  const { session_token } = await create()
  return { token: signJwt(claimsOf(session_token), headOf(session_token).kid, createSecretKey(randomBytes(32))) }
}

/** Signed with the project's own key, so that only the row decides. */
async function signed(change: (claims: TokenClaims) => TokenClaims) {
  const { stores } = house.composed
  const { session_token } = await create()
  const keys = signingKeysOver(stores.signingKeys, sealWith(secret), stores.clock)
  const { kid, key: signer } = await keys.current(house.mine.projectId)
  return { token: signJwt(change(claimsOf(session_token)), kid, signer) }
}

const unknown = () => signed((claims) => ({ ...claims, jti: '00000000-0000-4000-8000-000000000000' }))

async function otherKind() {
  const { stores } = house.composed
  const { session_id } = await create()
  const session = await stores.sessions.findSession(session_id)
  if (session === null) throw new Error('the session is gone')
  const id = `${session.id.slice(0, -4)}cafe`
  const jti = `${session.jti.slice(0, -4)}cafe`
  await stores.sessions.insertSession(
    { ...session, id, jti, kind: 'chat', entries: 1 },
    { sessionId: id, number: 1, at: session.createdAt, type: 'issued', facts: {} },
    null,
  )
  return signed((claims) => ({ ...claims, sub: id, jti, exp: session.expiresAt / 1000 }))
}

async function retired() {
  const { session_token: token } = await create()
  const { stores } = house.composed
  await signingKeysOver(stores.signingKeys, sealWith(secret), stores.clock).rotate(house.mine.projectId, 'now')
  return { token }
}

async function revoked() {
  const { session_id, session_token: token } = await create()
  await end(session_id)
  return { token }
}

async function expired() {
  const { session_token: token } = await create({ settings: { max_duration: 1 } })
  await new Promise((resolve) => setTimeout(resolve, 1100))
  return { token }
}
