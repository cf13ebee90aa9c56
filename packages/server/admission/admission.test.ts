import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { avatarFamilies } from '../wires/sessions-v3/index.ts'
import { clientKeyRows } from './avatar-rows.ts'
import { chatRows } from './chat-rows.ts'
import {
  judgedRoutes,
  keyRows,
  metricsRoutes,
  openRoutes,
  type Row,
  roomServerRoutes,
  sessionIdRoutes,
} from './rows.ts'
import { stockOf } from './stock.ts'
import { openRoomHouse } from './testing/furnish-room.ts'

const metricsToken = 'm'.repeat(32)
let house: Awaited<ReturnType<typeof openRoomHouse>>
let keys: Record<string, string>
let session: { id: string; token: string }

beforeAll(async () => {
  house = await openRoomHouse({ PARLOR_METRICS_TOKEN: metricsToken })
  const { mine, theirs, makeKey } = house
  const suspended = await house.suspendedAccount()
  keys = {
    good: await makeKey(mine),
    read: await makeKey(mine, { scopes: ['read'] }),
    scopeless: await makeKey(mine, { scopes: ['consumer'] }),
    expired: await makeKey(mine, { expiresAt: Date.now() - 1 }),
    disabled: await makeKey(mine, { disabledAt: Date.now() }),
    client: await makeKey(mine, { kind: 'client', scopes: ['client'] }),
    suspended: await makeKey(suspended),
    foreign: await makeKey(theirs),
  }
  const created = await call('POST', '/v1/widget/sessions', keys.good, {
    agentic_avatar_id: mine.agent,
    settings: { allowed_domains: ['shop.example'] },
  })
  session = { id: created.json().session_id, token: created.json().session_token }
})
afterAll(() => house.close())

function call(method: string, url: string, key?: string, body?: object) {
  const headers = { ...(key !== undefined && { 'x-api-key': key }) }
  return house.composed.app.inject({ method: method as 'GET', url, headers, ...(body && { payload: body }) })
}

const rowOf = (name: string): Row => {
  const row = keyRows[name]
  if (row === undefined) throw new Error(`${name} has no row in admission/rows.ts: say what each bad credential gets`)
  return row
}
const request = (name: string, key?: string, owner = house.mine) => {
  const row = rowOf(name)
  const [method = ''] = name.split(' ')
  return call(method, row.url({ ...owner, session: session.id }), key, row.body?.(owner))
}

/** In the shape of the wire whose path it is. */
function expectRefusal(name: string, response: Awaited<ReturnType<typeof call>>, code: string) {
  const body = response.json()
  const message = expect.stringMatching(/\w/)
  if (avatarFamilies.some((prefix) => name.split(' ')[1]?.startsWith(prefix))) {
    expect(body).toEqual({ statusCode: response.statusCode, message, error: expect.any(String), code })
    expect(response.headers['x-request-id']).toMatch(/\w/)
    return
  }
  expect(body).toMatchObject({ code, error: { code, request_id: body.request_id }, message })
  expect(response.headers['x-request-id']).toBe(body.request_id)
}

describe('the list of routes', () => {
  it('is wholly covered: each route has exactly one row for the credential it takes', () => {
    const listed = (kind: string) =>
      house.composed.routes.rows
        .filter((row) => row.credential.kind === kind && row.method !== 'HEAD')
        .map((row) => `${row.method} ${row.path}`)
        .sort()
    expect(listed('secret_key')).toEqual(Object.keys(keyRows).sort())
    expect(listed('client_key')).toEqual(Object.keys(clientKeyRows).sort())
    expect(listed('one_of')).toEqual(Object.keys(chatRows).sort())
    expect(listed('none')).toEqual([...openRoutes].sort())
    expect(listed('session_id')).toEqual([...sessionIdRoutes].sort())
    expect(listed('key_to_judge')).toEqual([...judgedRoutes].sort())
    expect(listed('metrics_token')).toEqual([...metricsRoutes].sort())
    expect(listed('room_server')).toEqual([...roomServerRoutes].sort())
  })

  it('takes no route that does not say which credential it takes', () => {
    expect(() => house.composed.app.get('/forgotten', () => 'open')).toThrow()
  })
})

describe.each(Object.keys(keyRows))('%s', (name) => {
  const needed = name.startsWith('GET') ? 'read' : 'write'
  const cases: [string, () => string | undefined, number, string][] = [
    ['no key', () => undefined, 401, 'MISSING_API_KEY'],
    ['an empty key', () => '', 401, 'MISSING_API_KEY'],
    ['a malformed key', () => '\u00e9 "\'; --', 401, 'INVALID_API_KEY'],
    ['an unknown key', () => `prl_live_${'0'.repeat(64)}`, 401, 'INVALID_API_KEY'],
    ['an expired key', () => keys.expired, 401, 'INVALID_API_KEY'],
    ['a disabled key', () => keys.disabled, 401, 'INVALID_API_KEY'],
    ['a publishable key', () => keys.client, 401, 'INVALID_API_KEY'],
    ['a session token instead of a key', () => session.token, 401, 'INVALID_API_KEY'],
    ['a session id instead of a key', () => session.id, 401, 'INVALID_API_KEY'],
    ...(rowOf(name).suspended === undefined
      ? ([['a suspended account’s key', () => keys.suspended, 403, 'ACCOUNT_SUSPENDED']] as const)
      : []),
    ['a key without any fitting scope', () => keys.scopeless, 403, 'INSUFFICIENT_PERMISSIONS'],
    ...(needed === 'write'
      ? ([['a key that may only read', () => keys.read, 403, 'INSUFFICIENT_PERMISSIONS']] as const)
      : []),
  ] as [string, () => string | undefined, number, string][]

  // The same routes under another prefix are asked all the same, but what there is is counted once.
  const rounds: [string, typeof cases][] = rowOf(name).isAlias
    ? [['every bad key', cases]]
    : cases.map((one) => [one[0], [one]])
  it.each(rounds)('refuses %s, in the wire’s shape, and changes nothing', async (_, round) => {
    const before = await stockOf(house)
    for (const [which, key, status, code] of round) {
      const response = await request(name, key())
      expect(response.statusCode, which).toBe(status)
      expectRefusal(name, response, code)
    }
    expect(await stockOf(house)).toBe(before)
  })

  const { suspended } = rowOf(name)
  if (suspended !== undefined) {
    it('lets a suspended account read how it stands', async () => {
      expect((await request(name, keys.suspended)).statusCode).toBe(suspended)
    })
  }

  it('refuses before it reads the body', async () => {
    const [method = ''] = name.split(' ')
    const url = rowOf(name).url({ ...house.mine, session: session.id })
    const headers = { 'content-type': 'application/json' }
    const response = await house.composed.app.inject({ method: method as 'POST', url, headers, payload: '{ not json' })
    expect(response.statusCode).toBe(401)
  })

  it('gives another account nothing of this one', async () => {
    const before = await stockOf(house)
    const { foreign } = rowOf(name)
    const response = await request(name, keys.foreign)
    if (foreign === 'own calls') {
      // This account made a session; the other one was only ever refused that.
      expect(response.json().data).not.toContainEqual(
        expect.objectContaining({ operation: 'createWidgetSession', status: 200 }),
      )
      expect((await request(name, keys.good)).json().data).toContainEqual(
        expect.objectContaining({ operation: 'createWidgetSession', status: 200 }),
      )
      return
    }
    if (foreign === 'not listed') {
      expect([200, 201]).toContain(response.statusCode)
      for (const id of Object.values(house.mine)) expect(response.body).not.toContain(id)
      return
    }
    expect(response.statusCode).toBe(foreign === 'null' ? 200 : foreign)
    if (foreign === 'null') expect(response.body).toBe('null')
    expect(await stockOf(house)).toBe(before)
  })
})

describe.each(judgedRoutes)('%s', (name) => {
  const judge = (key?: string) => call('POST', name.split(' ')[1] ?? '', key)

  it('says that a good key is good, masked and with its scopes', async () => {
    const response = await judge(keys.read)
    expect(response.json()).toMatchObject({
      valid: true,
      scopes: ['read'],
      data: { valid: true, key: { is_active: true } },
    })
    expect(response.body).not.toContain(keys.read)
  })

  it('refuses where no key was sent', async () => {
    for (const key of [undefined, '']) {
      const response = await judge(key)
      expect(response.statusCode).toBe(401)
      expect(response.json().code).toBe('MISSING_API_KEY')
    }
  })

  it('says that every other key is not, and nothing else of it', async () => {
    for (const bad of ['expired', 'disabled', 'client', 'suspended']) {
      const response = await judge(keys[bad])
      expect(response.statusCode, bad).toBe(200)
      expect(response.json()).toMatchObject({
        valid: false,
        key: null,
        key_id: null,
        scopes: [],
        data: { valid: false },
      })
    }
    expect((await judge('unknown')).json().valid).toBe(false)
  })
})

describe('what a session’s id opens', () => {
  const check = (id: string, origin?: string) =>
    house.composed.app.inject({
      method: 'GET',
      url: `/embed/check?session=${encodeURIComponent(id)}`,
      headers: { ...(origin && { origin }) },
    })

  it('lets an allowed site embed', async () => {
    const response = await check(session.id, 'https://shop.example')
    expect(response.statusCode).toBe(200)
    expect(response.json()).toEqual({ allowed: true })
    expect(response.headers['access-control-allow-origin']).toBe('*')
  })

  it.each(['https://evil.example', 'null', 'https://www.shop.example', 'not an origin'])(
    'refuses %s and says why',
    async (origin) => {
      const response = await check(session.id, origin)
      expect(response.statusCode).toBe(403)
      expect(response.json()).toMatchObject({
        allowed: false,
        rule: expect.any(String),
        origin,
        request_id: expect.any(String),
      })
    },
  )

  it.each(['', 'unknown', '../../etc', 'x'.repeat(200)])('knows nothing of %j', async (id) => {
    expect((await check(id, 'https://shop.example')).statusCode).toBe(404)
    const page = await house.composed.app.inject({ method: 'GET', url: `/embed?session=${encodeURIComponent(id)}` })
    expect(page.statusCode).toBe(404)
    expect(String(page.headers['content-security-policy'])).toContain("frame-ancestors 'none'")
  })

  it('does not take the token in its place', async () => {
    expect((await check(session.token.slice(0, 200), 'https://shop.example')).statusCode).toBe(404)
  })

  it('puts the lists into the frame page’s header', async () => {
    const page = await house.composed.app.inject({ method: 'GET', url: `/embed?session=${session.id}` })
    expect(page.statusCode).toBe(200)
    expect(String(page.headers['content-security-policy'])).toContain(
      'frame-ancestors https://shop.example:* http://shop.example:*',
    )
    expect(page.body).not.toContain(session.token)
  })
})

describe('/metrics', () => {
  it.each([undefined, 'Bearer wrong', metricsToken, 'Bearer '])('refuses %j', async (authorization) => {
    const headers = { ...(authorization !== undefined && { authorization }) }
    const response = await house.composed.app.inject({ method: 'GET', url: '/metrics', headers })
    expect(response.statusCode).toBe(401)
  })

  it('answers its token', async () => {
    const headers = { authorization: `Bearer ${metricsToken}` }
    const response = await house.composed.app.inject({ method: 'GET', url: '/metrics', headers })
    expect(response.statusCode).toBe(200)
    expect(response.body).toContain('parlor_http_request_duration_seconds')
  })
})
