import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../../admission/house.ts'

let house: House
let key: string
beforeAll(async () => {
  house = await openHouse()
  key = await house.makeKey(house.mine, { scopes: ['chat'] })
})
afterAll(() => house.close())

const createPath = '/rpc/chatSessions.create'

function call(method: string, url: string, headers: Record<string, string | undefined>, body?: object | string) {
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
  const type = body === undefined ? {} : { 'content-type': 'application/json' }
  const request = { method: method as 'GET', url, headers: { ...type, ...given } as Record<string, string> }
  return house.composed.app.inject({ ...request, ...(body !== undefined && { payload: body }) })
}

const create = (body: object | string, headers: Record<string, string | undefined> = {}) =>
  call('POST', createPath, { 'gram-key': key, ...headers }, body)
const revoke = (token: string, headers: Record<string, string | undefined> = {}) =>
  call('DELETE', `/rpc/chatSessions.revoke?token=${encodeURIComponent(token)}`, { 'gram-key': key, ...headers })
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
const anError = (status: number, name: string) => ({
  name,
  id: expect.stringMatching(/^[A-Za-z0-9_-]{8}$/),
  message: expect.stringMatching(/\w/),
  temporary: status === 500,
  timeout: false,
  fault: status === 500,
})

describe('POST /rpc/chatSessions.create', () => {
  it('answers with the token and what was asked, and nothing else', async () => {
    const answer = await create({ embed_origin: 'https://shop.example' })
    expect(answer.statusCode).toBe(200)
    const { client_token, ...rest } = answer.json()
    expect(rest).toEqual({ embed_origin: 'https://shop.example', expires_after: 3600, status: 'active' })
    expect(answer.headers['cache-control']).toBe('no-store')
    const { iat, exp, jti, ...claims } = claimsOf(client_token)
    expect(exp - iat).toBe(3600)
    expect(jti).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(claims).toEqual({
      org_id: house.mine.accountId,
      project_id: house.mine.projectId,
      organization_slug: 'mine',
      project_slug: 'default',
      api_key_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      aud: ['https://shop.example'],
    })
  })

  it.each(['', 'null', 'not an origin', 'https://UPPER.example/'])(
    'takes %j as the origin, to the letter',
    async (origin) => {
      const { client_token, embed_origin } = (await create({ embed_origin: origin })).json()
      expect(embed_origin).toBe(origin)
      expect(claimsOf(client_token).aud).toEqual([origin])
    },
  )

  it('tells an empty user apart from none', async () => {
    const empty = (await create({ embed_origin: 'o', user_identifier: '' })).json()
    expect(empty.user_identifier).toBe('')
    expect(claimsOf(empty.client_token).external_user_id).toBe('')
    for (const body of [{ embed_origin: 'o' }, { embed_origin: 'o', user_identifier: null, expires_after: null }]) {
      const none = (await create(body)).json()
      expect(none).not.toHaveProperty('user_identifier')
      expect(claimsOf(none.client_token)).not.toHaveProperty('external_user_id')
    }
  })

  it.each(['a\u0000b', 'cut \ud83d', '\ude00'])(
    'refuses the user %j, whom a store could take for another',
    async (name) => {
      const answer = await create({ embed_origin: 'o', user_identifier: name })
      expect(answer.json()).toEqual(anError(400, 'invalid_format'))
      expect(answer.json().message).toContain('user_identifier')
      // An origin is compared as it was sent, and no page has such a one.
      expect((await create({ embed_origin: name })).json().embed_origin).toBe(name)
    },
  )

  it('names the operator session it was made with, and no key', async () => {
    const plain = await house.makeOperator(house.mine)
    const { client_token } = (
      await create({ embed_origin: 'o' }, { 'gram-key': undefined, 'gram-session': plain })
    ).json()
    expect(claimsOf(client_token)).toMatchObject({
      api_key_id: '',
      session_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  it.each<[object | string, string]>([
    [{}, 'missing_field'],
    ['', 'missing_payload'],
    ['{ broken', 'decode_payload'],
    [{ embed_origin: 5 }, 'invalid_field_type'],
    [{ embed_origin: 'o', expires_after: 0 }, 'invalid_range'],
    [{ embed_origin: 'o', expires_after: 3601 }, 'invalid_range'],
    [{ embed_origin: 'o', expires_after: '60' }, 'invalid_field_type'],
    [{ embed_origin: 'o', expires_after: 1.5 }, 'invalid_field_type'],
    [{ expires_after: 0, user_identifier: 3 }, 'missing_field'],
    ['[]', 'invalid_field_type'],
    ['null', 'missing_payload'],
    [{ embed_origin: null }, 'missing_field'],
  ])('refuses %j as %s before it asks who calls', async (body, name) => {
    const answer = await create(body, { 'gram-key': undefined })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toEqual(anError(400, name))
    expect(answer.headers).not.toHaveProperty('goa-error')
  })

  it('judges a token that comes along before it looks at the body', async () => {
    expect((await create({}, { 'gram-chat-session': 'nonsense' })).statusCode).toBe(401)
  })

  it('names every fault in one message', async () => {
    const { message } = (await create({ expires_after: 0, user_identifier: 3 })).json()
    expect(message.split('; ')).toEqual([
      expect.stringContaining('embed_origin'),
      expect.stringContaining('expires_after'),
      expect.stringContaining('user_identifier'),
    ])
  })

  it.each(['embed_origin', 'user_identifier'])(
    'refuses a token that fits no header, for %s that makes it so',
    async (field) => {
      const answer = await create({ embed_origin: 'https://shop.example', [field]: 'x'.repeat(8000) })
      expect(answer.statusCode).toBe(400)
      expect(answer.json()).toEqual(anError(400, 'invalid_length'))
      expect(answer.json().message).toContain(field)
    },
  )

  it('holds to the ceiling of its key', async () => {
    const short = await house.makeKey(house.mine, { scopes: ['chat'], maxDurationSeconds: 60 })
    const refused = await create({ embed_origin: 'o', expires_after: 61 }, { 'gram-key': short })
    expect(refused.json()).toEqual(anError(400, 'invalid_range'))
    expect(refused.json().message).toMatch(/expires_after.*60/)
    expect((await create({ embed_origin: 'o' }, { 'gram-key': short })).json().expires_after).toBe(60)
  })

  it('answers a repeated Idempotency-Key with the same token, to the byte, in its own project', async () => {
    const { stores } = house.composed
    const wide = await house.makeKey(house.theirs, { scopes: ['chat'], isAccountWide: true })
    const project = await stores.accounts.findProject(house.theirs.projectId)
    if (project === null) throw new Error('the house is empty')
    await stores.accounts.insertProject({ ...project, id: 'other-project', slug: 'other' })
    const make = (slug: string) =>
      create(
        { embed_origin: 'o', user_identifier: 'u' },
        { 'gram-key': wide, 'gram-project': slug, 'idempotency-key': 'k' },
      )
    const [first, again, other] = [await make('default'), await make('default'), await make('other')]
    expect(again.json()).toEqual(first.json())
    expect(again.headers['idempotent-replayed']).toBe('true')
    expect(other.headers).not.toHaveProperty('idempotent-replayed')
    expect(claimsOf(other.json().client_token).project_slug).toBe('other')
  })
})

describe('DELETE /rpc/chatSessions.revoke', () => {
  it('ends the session once', async () => {
    const { client_token } = (await create({ embed_origin: 'o' })).json()
    const done = await revoke(client_token)
    expect([done.statusCode, done.body]).toEqual([204, ''])
    const again = await revoke(client_token)
    expect(again.statusCode).toBe(400)
    expect(again.json()).toEqual(anError(400, 'bad_request'))
    expect(again.headers['goa-error']).toBe('bad_request')
  })

  it('is done by one of two calls at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { client_token } = (await create({ embed_origin: 'o' })).json()
      const answers = await Promise.all([revoke(client_token), revoke(client_token), revoke(client_token)])
      expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([204, 400, 400])
    }
  })

  it.each(['/rpc/chatSessions.revoke', '/rpc/chatSessions.revoke?token='])('misses the token in %s', async (url) => {
    const answer = await call('DELETE', url, {})
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toEqual(anError(400, 'missing_field'))
  })

  it('leaves another project’s token alone', async () => {
    const foreign = await house.makeKey(house.theirs)
    const { client_token } = (await create({ embed_origin: 'o' })).json()
    const refused = await revoke(client_token, { 'gram-key': foreign, 'gram-project': 'default' })
    expect(refused.statusCode).toBe(403)
    expect(refused.json()).toEqual(anError(403, 'forbidden'))
    expect((await revoke(client_token)).statusCode).toBe(204)
  })

  it('takes no widget session’s token', async () => {
    const widgetKey = await house.makeKey(house.mine)
    const made = await call(
      'POST',
      '/v1/widget/sessions',
      { 'x-api-key': widgetKey },
      { agentic_avatar_id: house.mine.agent },
    )
    expect((await revoke(made.json().session_token)).json()).toEqual(anError(400, 'bad_request'))
  })
})

describe('addresses and bodies of the wire', () => {
  it.each<[string, string, number, string]>([
    ['GET', '/rpc/chatSessions.extend', 404, 'fault'],
    ['POST', '/rpc/nothing', 404, 'fault'],
    ['GET', createPath, 405, 'method_not_allowed'],
  ])('%s %s is %i', async (method, url, status, name) => {
    const answer = await call(method, url, {})
    expect(answer.statusCode).toBe(status)
    expect(answer.json()).toEqual(anError(status, name))
    if (status === 405) expect(answer.headers.allow).toBe('POST')
  })

  it('a form is of the wrong kind', async () => {
    const answer = await call(
      'POST',
      createPath,
      { 'content-type': 'application/x-www-form-urlencoded' },
      'embed_origin=o',
    )
    expect(answer.statusCode).toBe(415)
    expect(answer.json()).toEqual(anError(415, 'unsupported_media_type'))
  })

  it('a body above the limit is too large', async () => {
    const answer = await create({ embed_origin: 'x'.repeat(300_000) })
    expect([answer.statusCode, answer.json().name]).toEqual([413, 'request_too_large'])
  })

  it('a form to nowhere leads nowhere', async () => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await call('POST', '/rpc/nothing', type, 'a=b')).statusCode).toBe(404)
  })

  it('a path in another spelling is judged all the same', async () => {
    for (const url of ['/rpc/chat%53essions.create', '/%72pc/chatSessions.create', '/rpc/chatSessions.create/']) {
      const answer = await call(
        'POST',
        url,
        { 'gram-key': key, 'gram-chat-session': 'nonsense' },
        { embed_origin: 'o' },
      )
      expect([url, answer.statusCode]).toEqual([url, 401])
    }
  })
})
