import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../../admission/house.ts'

let house: House
let key: string
beforeAll(async () => {
  house = await openHouse()
  key = await house.makeKey(house.mine)
})
afterAll(() => house.close())

const call = (
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  body?: object | string,
  headers: Record<string, string> = {},
) =>
  house.composed.app.inject({
    method,
    url,
    headers: { 'x-api-key': key, ...headers },
    ...(body !== undefined && { payload: body }),
  })
const create = (body: object = {}) =>
  call('POST', '/v1/widget/sessions', { agentic_avatar_id: house.mine.agent, ...body })
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

describe('creating a widget session', () => {
  it('answers both generations of clients at once: ten fields flat, and again under data (K3, K4)', async () => {
    const response = await create()
    expect(response.statusCode).toBe(200)
    const { data, meta, ...flat } = response.json()
    expect(data).toEqual(flat)
    expect(meta).toBeNull()
    expect(Object.keys(flat).sort()).toEqual([
      'audio_only',
      'avatar',
      'expires_at',
      'expires_in',
      'session_id',
      'session_token',
      'user_id',
      'websocket_url',
      'widget_url',
    ])
    expect(flat.expires_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect(flat.widget_url).toContain(`/embed?session=${flat.session_id}`)
    expect(flat.user_id).toBe(house.mine.accountId)
  })

  it('gives a token that says what it is for, and no key of any kind (B2, B52)', async () => {
    const { session_token, session_id } = (await create()).json()
    expect(claimsOf(session_token)).toMatchObject({
      sub: session_id,
      kind: 'widget',
      agentic_avatar_id: house.mine.agent,
    })
    expect((await create()).body).not.toContain(key)
  })

  it.each([
    ['settings', { settings: { max_duration: 7200, allowed_domains: ['A.example'], features: { text_input: false } } }],
    ['the top level', { max_duration: 7200, allowed_domains: ['A.example'], features: { text_input: false } }],
    [
      'both, where settings win',
      {
        max_duration: 60,
        allowed_domains: ['b.example'],
        features: { text_input: true },
        settings: { max_duration: 7200, allowed_domains: ['A.example'], features: { text_input: false } },
      },
    ],
  ])('takes the options from %s (K1)', async (_, body) => {
    const { session_id, expires_in, expires_at } = (await create(body)).json()
    expect(expires_in).toBe(7200)
    expect(Math.abs(Date.parse(expires_at) - Date.now() - 7_200_000)).toBeLessThan(3_000)
    const read = (await call('GET', `/v1/widget/sessions/${session_id}`)).json()
    expect(read.allowed_domains).toEqual(['a.example'])
    expect(read.features).toEqual({ voice_input: true, text_input: false, knowledge_base: true })
  })

  it.each([undefined, {}, null])('treats settings %j as all defaults (B50)', async (settings) => {
    const { session_id, expires_in } = (await create(settings === undefined ? {} : { settings })).json()
    expect(expires_in).toBe(3600)
    const read = (await call('GET', `/v1/widget/sessions/${session_id}`)).json()
    expect(read).toMatchObject({ allowed_domains: null, allowed_origins: null, status: 'active', valid: true })
    expect(read.features).toEqual({ voice_input: true, text_input: true, knowledge_base: true })
  })

  it('makes two sessions of two equal calls (B44)', async () => {
    const [a, b] = [(await create()).json(), (await create()).json()]
    expect(a.session_id).not.toBe(b.session_id)
    expect(a.session_token).not.toBe(b.session_token)
  })

  it('keeps the end user’s metadata for the owner to read (B25)', async () => {
    const user_metadata = { userId: 'u1', nested: { deep: ['a', null, 1.5] }, __proto: 'x' }
    const { session_id } = (await create({ user_metadata })).json()
    expect((await call('GET', `/v1/widget/sessions/${session_id}`)).json().user_metadata).toEqual(user_metadata)
  })
})

describe('reading and ending a widget session', () => {
  it('shows it active, then terminated, and never the token (B26, B27)', async () => {
    const { session_id, session_token } = (await create()).json()
    const url = `/v1/widget/sessions/${session_id}`
    const before = await call('GET', url)
    expect(before.json()).toMatchObject({
      session_id,
      id: session_id,
      status: 'active',
      is_revoked: false,
      valid: true,
    })
    expect(before.body).not.toContain(session_token)
    const ended = await call('DELETE', url)
    expect(ended.statusCode).toBe(200)
    expect(ended.json()).toMatchObject({ session_id, success: true, data: { success: true, session_id } })
    const after = (await call('GET', url)).json()
    expect(after).toMatchObject({
      status: 'terminated',
      is_revoked: true,
      valid: false,
      data: { status: 'terminated' },
    })
  })

  it('ends once and for all, and answers the same again (B9)', async () => {
    const { session_id } = (await create()).json()
    const url = `/v1/widget/sessions/${session_id}`
    const answers = [await call('DELETE', url), await call('DELETE', url), await call('DELETE', url)]
    expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200])
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1)
    const ledger = await house.composed.stores.sessions.listLedger(session_id)
    expect(ledger.map((entry) => entry.type)).toEqual(['issued', 'ended'])
  })

  it('takes the shapes real clients send: a content type without a body, a trailing slash', async () => {
    const { session_id } = (await create()).json()
    const json = { 'content-type': 'application/json' }
    expect((await call('GET', `/v1/widget/sessions/${session_id}/`, undefined, json)).statusCode).toBe(200)
    expect((await call('DELETE', `/v1/widget/sessions/${session_id}`, undefined, json)).statusCode).toBe(200)
    expect((await call('DELETE', `/v1/widget/sessions/${session_id}`, '', json)).statusCode).toBe(200)
  })

  it('does not take the token in place of the id (B49)', async () => {
    const { session_token } = (await create()).json()
    expect((await call('DELETE', `/v1/widget/sessions/${session_token}`)).statusCode).toBe(404)
  })
})
