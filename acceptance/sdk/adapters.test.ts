import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { findFreePort } from '../harness/free-port.ts'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { sites, type Wanted } from './adapter-sites.ts'

const shop = 'https://shop.example'
const evil = 'https://evil.example'

let parlor: Parlor
let agentId: string
const refusals: unknown[] = []

beforeAll(async () => {
  parlor = await startParlor()
  agentId = await parlor.createAgent()
})
afterAll(() => parlor[Symbol.asyncDispose]())
afterEach(() => void refusals.splice(0))

const onRefusal = (error: unknown) => void refusals.push(error)
const base = () => ({ baseUrl: parlor.url, apiKey: parlor.key, onRefusal })
const chat = (more: object = {}): Wanted => ({ ...base(), kind: 'chat', embedOrigin: shop, expiresAfter: 600, ...more })
const widget = (more: object = {}): Wanted => ({ ...base(), kind: 'widget', agentId, origins: [shop], ...more })

const claims = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

/** A key of the same account that is not the one the server was started with. */
async function makeKey(more: object): Promise<string> {
  const made = await parlor.request<{ key: string }>('POST', '/admin/v1/keys', {
    name: 'site',
    scopes: ['chat'],
    ...more,
  })
  expect([made.status, made.text]).toEqual([200, expect.any(String)])
  return made.body.key
}

describe.each(Object.keys(sites))('%s', (name) => {
  const open = async (wanted: Wanted) => (await sites[name]?.(wanted)) as Awaited<ReturnType<(typeof sites)[string]>>
  const ask = async (wanted: Wanted, init: RequestInit = {}) => {
    await using site = await open(wanted)
    const response = await fetch(`${site.url}/session`, { method: 'POST', ...init })
    const text = await response.text()
    const { status, headers } = response
    return { status, headers, text, body: text.startsWith('{') ? JSON.parse(text) : null }
  }

  test('a page of another origin gets a token for the configured one, and nothing else of the session', async () => {
    const { status, headers, body } = await ask(chat(), {
      headers: { origin: evil, referer: `${evil}/`, 'content-type': 'application/json' },
      body: JSON.stringify({ embedOrigin: evil, embed_origin: evil, expires_after: 3600, user_identifier: 'somebody' }),
    })
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-type')).toMatch(/^application\/json/)
    expect(body).toEqual({ client_token: expect.any(String), embed_origin: shop, expires_after: 600 })
    const { aud, exp, iat } = claims(body.client_token)
    expect([[aud].flat(), exp - iat]).toEqual([[shop], 600])
    const talk = (origin: string) =>
      parlor.request('GET', '/rpc/chat.list', undefined, {
        'x-api-key': undefined,
        'gram-chat-session': body.client_token,
        origin,
      })
    expect([(await talk(shop)).status, (await talk(evil)).status]).toEqual([200, 403])
  })

  test('a widget token is as configured, and opens a live connection', async () => {
    const features = { voiceInput: false, knowledgeBase: true }
    const wanted = widget({ expiresAfter: 120, features, domains: ['www.shop.example'], user: () => 'u-17' })
    const { status, body } = await ask(wanted)
    expect(status).toBe(200)
    expect(Object.keys(body).sort()).toEqual([
      'expires_at',
      'expires_in',
      'session_id',
      'session_token',
      'websocket_url',
      'widget_url',
    ])
    expect(body.expires_in).toBe(120)
    const known = await parlor.request('GET', `/v1/widget/sessions/${body.session_id}`)
    expect(known.body).toMatchObject({
      agentic_avatar_id: agentId,
      allowed_domains: ['www.shop.example'],
      allowed_origins: [shop],
      features: { voice_input: false, text_input: true, knowledge_base: true },
      user_metadata: { user: 'u-17' },
    })
    const { socket, ready } = await parlor.visit(body.session_token, {}, { origin: shop })
    expect(ready.session).toBe(body.session_id)
    socket.close()
  })

  test('who asks is whoever the site says; somebody it turns away gets no session', async () => {
    const wanted = chat({ user: (name: string | undefined) => (name === 'nobody' ? null : name) })
    const named = await ask(wanted, { headers: { 'x-logged-in': 'ada' } })
    const unnamed = await ask(wanted)
    const away = await ask(wanted, { headers: { 'x-logged-in': 'nobody' } })
    expect([named.status, unnamed.status, away.status]).toEqual([200, 200, 401])
    expect(JSON.stringify(claims(named.body.client_token))).toContain('ada')
    expect(away.body).toEqual({ error: expect.any(String) })
    expect(refusals).toEqual([])
  })

  test("what the site's own code throws goes to its framework, and makes no session", async () => {
    const broken = () => {
      throw new Error('the log-in is down')
    }
    expect((await ask(chat({ user: broken }))).status).toBe(500)
  })

  test('another site is turned away by what its browser says, unless it may ask', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect((await ask(chat(), { headers })).status).toBe(403)
    expect((await ask(chat({ allowCrossSite: true }), { headers })).status).toBe(200)
    expect((await ask(chat(), { headers: { 'sec-fetch-site': 'same-site' } })).status).toBe(200)
  })

  test.each(['GET', 'PUT', 'DELETE'])('%s makes nothing', async (method) => {
    const { status, headers, body } = await ask(chat(), { method })
    expect([status, headers.get('allow'), body]).toEqual([405, 'POST', { error: expect.any(String) }])
  })

  test('a Parlor that is not there is 503 in a sentence', async () => {
    const { status, body, headers } = await ask(chat({ baseUrl: `http://127.0.0.1:${await findFreePort()}` }))
    expect([status, body]).toEqual([503, { error: expect.any(String) }])
    expect(headers.get('cache-control')).toBe('no-store')
    expect(refusals).toMatchObject([{ reason: 'connection' }])
  })

  test.each([
    ['a key that is none', () => chat({ apiKey: 'sk_test_none_of_ours_0123456789abcdef' }), 401],
    ['a project that is not there', () => chat({ project: 'not-there' }), 403],
    ['an agent that is not there', () => widget({ agentId: 'not-there' }), 404],
  ])('%s is 502, and what Parlor says of it stays with the site', async (_, wanted, status) => {
    const answer = await ask(wanted())
    expect(answer.status).toBe(502)
    expect(answer.body).toEqual({ error: 'No session could be made.' })
    expect(refusals).toMatchObject([{ status }])
  })

  test('too many are 429 with the time Parlor asks for', async () => {
    const apiKey = await makeKey({ rate_limit: 1, rate_limit_window: 600 })
    expect((await ask(chat({ apiKey }))).status).toBe(200)
    const { status, headers, body } = await ask(chat({ apiKey }))
    expect([status, body]).toEqual([429, { error: expect.any(String) }])
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(1)
  })
})
