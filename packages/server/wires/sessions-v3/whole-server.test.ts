import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRoomHouse, type RoomBelongings } from '../../admission/testing/furnish-room.ts'

const clientKey = 'c'.repeat(40)
const shop = 'https://shop.example'
let house: Awaited<ReturnType<typeof openRoomHouse>>
let key: string
beforeAll(async () => {
  house = await openRoomHouse({ PARLOR_BOOTSTRAP_CLIENT_KEY: clientKey })
  key = await house.makeKey(house.mine)
})
afterAll(() => house.close())

const call = (method: 'GET' | 'POST' | 'PUT' | 'OPTIONS', url: string, headers: object = {}, payload?: object) =>
  house.composed.app.inject({ method, url, headers: { ...headers }, ...(payload && { payload }) })

describe('health', () => {
  it.each(['/v3/health', '/equos/v1/health', '/equos/v3/health'])(
    'at %s answers without a key, in two words (Q24)',
    async (url) => {
      const response = await call('GET', url)
      expect(response.statusCode).toBe(200)
      expect(response.json()).toEqual({ status: 'ok', version: expect.stringMatching(/\d/) })
    },
  )

  it('at /v1/health has both, for either wire’s clients', async () => {
    expect((await call('GET', '/v1/health')).json()).toMatchObject({
      status: 'ok',
      version: expect.stringMatching(/\d/),
    })
  })
})

describe('a server without a media server', () => {
  const consumerIdentity = { identity: 'visitor', name: 'Vera' }
  const wish = ({ roomAvatar, roomAgent }: RoomBelongings) => ({
    name: 'A meeting',
    avatar: { id: roomAvatar },
    agent: { id: roomAgent },
    consumerIdentity,
  })

  it('says which settings are missing, and makes nothing', async () => {
    const before = (await call('GET', '/v3/sessions', { 'x-api-key': key })).json().total
    const refused = await call('POST', '/v3/sessions', { 'x-api-key': key }, wish(house.mine))
    expect(refused.statusCode).toBe(503)
    const { message } = refused.json()
    for (const name of ['LIVEKIT_URL', 'LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET']) expect(message).toContain(name)
    expect((await call('GET', '/v3/sessions', { 'x-api-key': key })).json().total).toBe(before)
  })

  it('knows the client key it was started with, and lets any page read what it says', async () => {
    const headers = { authorization: `Bearer ${clientKey}`, origin: shop }
    const foreign = await call('POST', '/v3/session-passes', headers, wish(house.mine))
    expect(foreign.statusCode).toBe(404)
    const agent = (await call('POST', '/v3/agents', { 'x-api-key': 'b'.repeat(40) }, { provider: 'openai' })).json()
    const parts = { avatar: { id: '00000000-0000-7000-8000-000000000001' }, agent: { id: agent.id } }
    const refused = await call('POST', '/v3/session-passes', headers, { ...wish(house.mine), ...parts })
    expect(refused.statusCode).toBe(503)
    expect(refused.headers['access-control-allow-origin']).toBe(shop)
    const tooLong = await call('POST', '/v3/session-passes', headers, {
      ...wish(house.mine),
      ...parts,
      maxDuration: 601,
    })
    expect(tooLong.json().message).toMatch(/600/)
  })
})

describe('refusals', () => {
  const shape = ['code', 'error', 'message', 'statusCode']
  it.each(['/v3/nothing', '/equos/v1/nothing', '/equos/v3/widget', '/v1/sessions/a/b/c', '/v1/session-passes'])(
    'at %s have this wire’s shape, whether or not anything is there (X2)',
    async (url) => {
      const response = await call('GET', url)
      expect([404, 405]).toContain(response.statusCode)
      expect(Object.keys(response.json()).sort()).toEqual(shape)
      expect(response.headers['x-request-id']).toMatch(/\w/)
    },
  )

  it.each(['/v1/nothing', '/v1/avatars', '/nothing', '/v3'])('at %s have the older one (X2)', async (url) => {
    const body = (await call('GET', url)).json()
    expect(body.error).toMatchObject({ code: body.code, request_id: body.request_id })
  })

  it('name the methods a path takes', async () => {
    const response = await call('PUT', '/v3/sessions')
    expect(response.statusCode).toBe(405)
    expect(String(response.headers.allow).split(', ').sort()).toEqual(['GET', 'HEAD', 'POST'])
  })

  it('of a path that cannot be read have it, too', async () => {
    const response = await call('GET', '/v3/sessions/%zz', { 'x-api-key': key })
    expect(response.statusCode).toBe(400)
    expect(Object.keys(response.json()).sort()).toEqual(shape)
  })
})

describe('the paths of session passes', () => {
  it('are told to pages of anybody’s (Q16)', async () => {
    const headers = { origin: shop, 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'a' }
    for (const url of ['/v3/session-passes', '/v1/session-passes/some/stop', '/equos/v1/session-passes']) {
      const response = await call('OPTIONS', url, headers)
      expect(response.statusCode).toBe(204)
      expect(response.headers['access-control-allow-origin']).toBe(shop)
    }
  })
})

describe('the paths of other wires', () => {
  it('are not told to pages of anybody’s', async () => {
    for (const url of ['/v1/widget/sessions', '/v3/agents', '/admin/v1/keys']) {
      const response = await call('OPTIONS', url, { origin: shop, 'access-control-request-method': 'POST' })
      expect(response.headers).not.toHaveProperty('access-control-allow-origin')
    }
  })
})
