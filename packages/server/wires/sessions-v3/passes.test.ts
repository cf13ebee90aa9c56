import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMeetings } from './testing/meeting-house.ts'
import { pixelUrl } from './testing/neighbour-house.ts'

const shop = 'https://shop.example'
let meetings: Awaited<ReturnType<typeof openMeetings>>
let clientKey: string
beforeAll(async () => {
  meetings = await openMeetings()
  clientKey = await meetings.makeClientKey({ maxDurationSeconds: 600 })
})
afterAll(() => meetings.close())

type Headers = Record<string, string>
const bearer = (key: string, headers: Headers = {}): Headers => ({ authorization: `Bearer ${key}`, ...headers })
const wish = (changes: object = {}) => {
  const { roomAvatar, roomAgent } = meetings.house.mine
  const parts = { avatar: { id: roomAvatar }, agent: { id: roomAgent } }
  return { name: 'A pass', ...parts, consumerIdentity: { identity: 'visitor', name: 'Vera' }, ...changes }
}
const start = (changes?: object, headers: Headers = bearer(clientKey, { origin: shop })) =>
  meetings.anybody('POST', '/v3/session-passes', wish(changes), headers)
const stop = (id: string, key = clientKey) =>
  meetings.anybody('PATCH', `/v3/session-passes/${id}/stop`, {}, bearer(key, { origin: shop }))
const read = async (id: string) => (await meetings.mine('GET', `/v3/sessions/${id}`)).body

describe('a session pass', () => {
  it('is a session, with the token its page joins with (E14)', async () => {
    const { status, body } = await start({ client: 'shop', maxDuration: 60, templateVars: { seats: 2 } })
    expect(status).toBe(201)
    expect(body.consumerAccessToken).toMatch(/ of visitor$/)
    expect(body.session).toMatchObject({
      client: 'shop',
      maxDuration: 60,
      status: 'starting',
      templateVars: { seats: '2' },
    })
    expect(await read(body.session.id)).toEqual(body.session)
    const list = await meetings.mine('GET', '/v3/sessions?client=shop')
    expect(list.body.sessions[0]).toEqual(body.session)
  })

  it('lives ten minutes unless told otherwise, and no longer', async () => {
    expect((await start()).body.session.maxDuration).toBe(600)
    expect(await start({ maxDuration: 601 })).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/600/) },
    })
  })

  it.each<[string, object, number, RegExp]>([
    ['an unknown avatar', { avatar: { id: 'unknown' } }, 404, /^avatar: /],
    ['an unknown agent', { agent: { id: 'unknown' } }, 404, /^agent: /],
    ['no agent', { agent: undefined }, 400, /agent/],
    ['nobody to meet', { consumerIdentity: undefined }, 400, /consumerIdentity/],
    [
      'an avatar to be made',
      { avatar: { identity: 'a', name: 'A', refImage: pixelUrl, agentId: null } },
      400,
      /avatar/,
    ],
    ['an avatar to be made, with an id', { avatar: { id: 'a', refImage: pixelUrl } }, 400, /avatar\.refImage/],
    ['an agent to be made', { agent: { provider: 'openai' } }, 400, /agent/],
    ['an agent to be made, with an id', { agent: { id: 'a', provider: 'openai' } }, 400, /agent\.provider/],
    ['a media server', { host: { serverUrl: 'wss://a.example', accessToken: 'a' } }, 400, /^host: /],
    ['a remote agent', { remoteAgentConnectingIdentity: { identity: 'a', name: 'A' } }, 400, /^remoteAgent/],
  ])('with %s is refused (Q17)', async (_, changes, status, message) => {
    const refused = await start(changes)
    expect(refused).toMatchObject({ status, body: { message: expect.stringMatching(message) } })
    expect(refused.headers['access-control-allow-origin']).toBe(shop)
  })

  it('is stopped by the key that started it, once, and by no other (Q18)', async () => {
    const { id } = (await start()).body.session
    const other = await meetings.makeClientKey()
    const nothing = { status: 200, body: null }
    expect(await stop(id, other)).toMatchObject(nothing)
    const backend = (await meetings.mine('POST', '/v3/sessions', wish())).body.session
    expect(await stop(backend.id)).toMatchObject(nothing)
    expect(await stop('unknown')).toMatchObject(nothing)
    const foreign = await meetings.house.makeKey(meetings.house.theirs, { kind: 'client', scopes: ['client'] })
    expect(await stop(id, foreign)).toMatchObject(nothing)
    expect((await read(id)).endedAt).toBeNull()
    expect((await read(backend.id)).endedAt).toBeNull()
    expect(await stop(id)).toMatchObject({ status: 200, body: { id, status: 'ended', endReason: 'stopped' } })
    expect(await stop(id)).toMatchObject(nothing)
  })

  it('is stopped by its account’s backend, too', async () => {
    const { id } = (await start()).body.session
    expect((await meetings.mine('PATCH', `/v3/sessions/${id}/stop`)).body).toMatchObject({ id, status: 'ended' })
  })

  it('is one of as many as its key may have at once', async () => {
    const key = await meetings.makeClientKey({ concurrency: 2 })
    const asked = await Promise.all([1, 2, 3, 4].map(() => start({}, bearer(key))))
    expect(asked.map(({ status }) => status).sort()).toEqual([201, 201, 429, 429])
    expect(await start({}, bearer(key))).toMatchObject({
      status: 429,
      body: { code: 'CONCURRENCY_LIMIT_REACHED', message: expect.stringMatching(/^This key has 2 /) },
    })
    const made = asked.find(({ status }) => status === 201)
    await stop(made?.body.session.id, key)
    expect(await start({}, bearer(key))).toMatchObject({ status: 201 })
    expect(await start()).toMatchObject({ status: 201 })
  })

  it('is made once for an Idempotency-Key', async () => {
    const headers = bearer(clientKey, { 'idempotency-key': 'pass-once' })
    const [first, again] = [await start({}, headers), await start({}, headers)]
    expect(again.body.session.id).toBe(first.body.session.id)
    expect(again.headers['idempotent-replayed']).toBe('true')
  })

  it('is not handed to somebody elsewhere who guesses its Idempotency-Key', async () => {
    const headers = bearer(clientKey, { 'idempotency-key': 'pass-guessed' })
    const from = (address: string) => meetings.from(address, 'POST', '/v3/session-passes', headers, wish())
    const [first, other] = [await from('192.0.2.1'), await from('192.0.2.2')]
    expect([first.statusCode, other.statusCode]).toEqual([201, 201])
    expect(other.json().session.id).not.toBe(first.json().session.id)
  })
})

describe('the pages a client key is for', () => {
  const bound = () => meetings.makeClientKey({ allowedOrigins: [shop] })

  it('may all use it where it names none, and so may what is no page', async () => {
    for (const headers of [{ origin: 'https://any.example' }, { origin: 'null' }, {}]) {
      expect(await start({}, bearer(clientKey, headers as Headers))).toMatchObject({ status: 201 })
    }
  })

  it.each<[string, Headers]>([
    ['another site', { origin: 'https://evil.example' }],
    ['a subdomain', { origin: 'https://www.shop.example' }],
    ['another scheme', { origin: 'http://shop.example' }],
    ['another port', { origin: 'https://shop.example:8443' }],
    ['no site of its own', { origin: 'null' }],
    ['no page', {}],
  ])('are those it names: a call from %s is refused, and may read why', async (_, headers) => {
    const key = await bound()
    const refused = await start({}, bearer(key, headers))
    expect(refused).toMatchObject({
      status: 403,
      body: { code: 'ORIGIN_REFUSED', message: expect.stringMatching(/\w/) },
    })
    expect(refused.headers['access-control-allow-origin']).toBe(headers.origin)
    expect(await start({}, bearer(key, { origin: shop }))).toMatchObject({ status: 201 })
  })

  it('may not stop from elsewhere what they started', async () => {
    const key = await bound()
    const { id } = (await start({}, bearer(key, { origin: shop }))).body.session
    const headers = bearer(key, { origin: 'https://evil.example' })
    expect(await meetings.anybody('PATCH', `/v3/session-passes/${id}/stop`, {}, headers)).toMatchObject({ status: 403 })
    expect((await read(id)).endedAt).toBeNull()
  })

  it('are the project’s as well, where that is strict', async () => {
    const { accounts } = meetings.house.composed.stores
    const project = await accounts.findProject(meetings.house.mine.projectId)
    if (project === null) throw new Error('there is no project')
    await accounts.updateProject({ ...project, strictOrigins: true, allowedOrigins: [shop] })
    expect(await start({}, bearer(clientKey, { origin: 'https://any.example' }))).toMatchObject({ status: 403 })
    expect(await start()).toMatchObject({ status: 201 })
    await accounts.updateProject(project)
  })
})

describe('browsers', () => {
  const asking = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type',
  }
  const preflight = (url: string) =>
    meetings.anybody('OPTIONS', url, undefined, { origin: 'https://any.example', ...asking })

  it.each(['/v3', '/v1', '/equos/v1', '/equos/v3'])(
    'may start and stop passes under %s from anywhere (Q16)',
    async (prefix) => {
      for (const path of ['/session-passes', '/session-passes/some/stop']) {
        const { status, headers } = await preflight(`${prefix}${path}`)
        expect(status).toBe(204)
        expect(headers).toMatchObject({
          'access-control-allow-origin': 'https://any.example',
          'access-control-allow-methods': 'POST, PATCH, OPTIONS',
          'access-control-allow-headers': 'authorization,content-type',
          vary: expect.stringMatching(/origin/),
        })
        expect(headers).not.toHaveProperty('access-control-allow-credentials')
      }
      const url = `${prefix}/session-passes`
      const made = await meetings.anybody('POST', url, wish(), bearer(clientKey, { origin: 'https://any.example' }))
      expect(made).toMatchObject({ status: 201, headers: { 'access-control-allow-origin': 'https://any.example' } })
    },
  )

  it('hear nothing of routes for secret keys (X3)', async () => {
    const { status, headers } = await preflight('/v3/sessions')
    expect(status).toBe(405)
    expect(headers).not.toHaveProperty('access-control-allow-origin')
    const listed = await meetings.mine('GET', '/v3/sessions', undefined, { origin: shop })
    expect(listed.headers).not.toHaveProperty('access-control-allow-origin')
  })
})

describe('the rate of a client key', () => {
  it('is each address’s own, and that of an IPv6 network', async () => {
    const key = await meetings.makeClientKey({ rateLimit: 2, rateWindowSeconds: 60 })
    const from = async (remoteAddress: string) =>
      (await meetings.from(remoteAddress, 'PATCH', '/v3/session-passes/unknown/stop', bearer(key))).statusCode
    expect([await from('192.0.2.1'), await from('192.0.2.1'), await from('192.0.2.1')]).toEqual([200, 200, 429])
    expect(await from('192.0.2.2')).toBe(200)
    expect([await from('2001:db8::1'), await from('2001:db8:0:0:9::2'), await from('2001:db8::3')]).toEqual([
      200, 200, 429,
    ])
    expect(await from('2001:db8:0:1::1')).toBe(200)
    meetings.pass(60_000)
    expect(await from('192.0.2.1')).toBe(200)
  })
})
