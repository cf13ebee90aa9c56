import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Parlor, type SessionAnswer, startParlor } from '../harness/start-parlor.ts'
import { type Customer, newCustomer } from './customer.ts'
import { closeCodeOf, readSession } from './talk.ts'

let parlor: Parlor
let agentId: string
let other: Customer
beforeAll(async () => {
  parlor = await startParlor()
  agentId = await parlor.createAgent()
  other = await newCustomer(parlor, 'Another shop')
})
afterAll(() => parlor[Symbol.asyncDispose]())

const everything = { voice_input: true, text_input: true, knowledge_base: true }
const defaults = { allowed_domains: null, allowed_origins: null, features: everything, audio_only: false }
const oneHour = 3600

/** The session as its owner reads it, and how long it was made for. */
async function make(extra: object = {}) {
  const created = await parlor.createSession(agentId, extra)
  return { created, read: await readSession(parlor, created.session_id) }
}

describe('how long', () => {
  test.each([60, 3600, 7200, 86_400])('max_duration %i is what is left when the answer comes', async (seconds) => {
    const { created } = await make({ settings: { max_duration: seconds } })
    expect(created.expires_in).toBe(seconds)
    expect(Math.abs(Date.parse(created.expires_at) - Date.now() - seconds * 1000)).toBeLessThan(3_000)
  })

  test('the end is a time in UTC, ISO 8601 to the second, the same wherever it is read', async () => {
    const { created, read } = await make()
    expect(created.expires_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect(read.expires_at).toBe(created.expires_at)
    expect(read.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  })
})

describe('what is left out has its default', () => {
  test.each([{}, { settings: {} }, { settings: { features: {} } }])('%j gives the same session', async (extra) => {
    const { created, read } = await make(extra)
    expect(created.expires_in).toBe(oneHour)
    expect(read).toMatchObject(defaults)
  })

  test.each<[object, object]>([
    [{ allowed_domains: ['a.example'] }, { allowed_domains: ['a.example'] }],
    [{ features: { voice_input: false } }, { features: { ...everything, voice_input: false } }],
    [{ features: { text_input: false } }, { features: { ...everything, text_input: false } }],
    [{ features: { knowledge_base: false } }, { features: { ...everything, knowledge_base: false } }],
    [{ features: { text_input: true } }, { features: everything }],
  ])('settings %j touch nothing else', async (settings, difference) => {
    const { created, read } = await make({ settings })
    expect(created.expires_in).toBe(oneHour)
    expect(read).toMatchObject({ ...defaults, ...difference })
  })

  test('max_duration alone leaves lists and features at their defaults', async () => {
    const { created, read } = await make({ settings: { max_duration: 90 } })
    expect(created.expires_in).toBe(90)
    expect(read).toMatchObject(defaults)
  })
})

describe('the token', () => {
  const part = (token: string, index: number) =>
    JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString())

  test('is three parts of base64url, HS256, and names the session and the agent', async () => {
    const { created } = await make()
    expect(created.session_token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
    expect(part(created.session_token, 0)).toMatchObject({ alg: 'HS256', typ: 'JWT' })
    const claims = part(created.session_token, 1)
    expect(claims).toMatchObject({ sub: created.session_id, agentic_avatar_id: agentId })
    expect(claims.exp).toBe(Date.parse(created.expires_at) / 1000)
  })

  test('is in no answer but the first, and the key is in none', async () => {
    const made = await parlor.request<SessionAnswer>('POST', '/v1/widget/sessions', { agentic_avatar_id: agentId })
    const { session_id, session_token } = made.body
    const page = await parlor.request('GET', `/embed?session=${session_id}`, undefined, { 'x-api-key': undefined })
    const path = `/v1/widget/sessions/${session_id}`
    const answers = [await parlor.request('GET', path), await parlor.request('DELETE', path), page]
    for (const { text, status } of answers) {
      expect(status).toBe(200)
      expect(text).not.toContain(session_token)
      expect(text).not.toContain(session_token.split('.')[2])
    }
    for (const { text } of [made, ...answers]) expect(text).not.toContain(parlor.key)
  })

  test('is not the id: neither stands in the place of the other', async () => {
    const { session_id, session_token } = await parlor.createSession(agentId)
    for (const method of ['GET', 'DELETE']) {
      expect((await parlor.request(method, `/v1/widget/sessions/${session_token}`)).status).toBe(404)
    }
    expect(await closeCodeOf(parlor, session_id)).toBe(4401)
    expect(await readSession(parlor, session_id)).toMatchObject({ session_id, status: 'active' })
    expect((await parlor.endSession(session_id)).body).toMatchObject({ session_id })
  })
})

test('two equal calls make two sessions, and the end of one is not the end of the other', async () => {
  const wish = { settings: { max_duration: 60 }, user_metadata: { visitorId: 'v1' } }
  const [one, two] = [await parlor.createSession(agentId, wish), await parlor.createSession(agentId, wish)]
  expect(one.session_id).not.toBe(two.session_id)
  expect(one.session_token).not.toBe(two.session_token)
  await parlor.endSession(one.session_id)
  expect(await closeCodeOf(parlor, one.session_token)).toBe(4411)
  const { socket } = await parlor.visit(two.session_token)
  socket.close()
})

test('user_metadata comes back to its owner, under data as well, and to nobody else', async () => {
  const user_metadata = { userId: 'u-0815', nested: { plan: ['pro', null, 1.5] } }
  const { created, read } = await make({ user_metadata })
  expect(read.user_metadata).toEqual(user_metadata)
  expect(read.data).toMatchObject({ user_metadata })
  const foreign = await other.send('GET', `/v1/widget/sessions/${created.session_id}`)
  expect(foreign.status).toBe(404)
  expect(foreign.text).not.toContain('u-0815')
  const { socket, ready } = await parlor.visit(created.session_token)
  await socket.waitFor('snapshot')
  expect(JSON.stringify([ready, socket.events])).not.toContain('u-0815')
  socket.close()
})

test('a single-use session is its first visitor’s: a second one is refused, the first goes on', async () => {
  const { session_token } = await parlor.createSession(agentId, { settings: { single_use: true } })
  const first = await parlor.visit(session_token)
  expect(await closeCodeOf(parlor, session_token)).toBe(4401)
  first.socket.send({ type: 'ping', t: 7 })
  expect(await first.socket.waitFor('pong')).toEqual({ type: 'pong', t: 7 })
  first.socket.terminate()
  const again = await parlor.visit(session_token, { visitor: first.ready.visitor })
  expect(again.ready.visitor.id).toBe(first.ready.visitor.id)
  again.socket.close()
})
