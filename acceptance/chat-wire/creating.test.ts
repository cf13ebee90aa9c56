import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand } from '../harness/run-command.ts'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { type Backend, claimsOf, type Headers, openBackend, type Refusal } from './backend.ts'

let parlor: Parlor
let backend: Backend
beforeAll(async () => {
  parlor = await startParlor()
  backend = await openBackend(parlor)
})
afterAll(() => parlor[Symbol.asyncDispose]())

const origin = 'https://shop.example'
const inDefault = { 'gram-project': 'default' }

interface Created extends Refusal {
  client_token: string
  embed_origin: string
  expires_after: number
  status: string
  user_identifier?: string
}
const create = (body: unknown, headers: Headers = { ...inDefault, 'gram-key': backend.key }) =>
  backend.call<Created>('POST', '/rpc/chatSessions.create', headers, body)

const refusal = (name: string) => ({
  name,
  id: expect.stringMatching(/^[\w-]{8}$/),
  message: expect.stringMatching(/\w/),
  temporary: false,
  timeout: false,
  fault: false,
})

test('a token lives an hour unless less is asked for, and its second is its last', async () => {
  const { client_token } = (await create({ embed_origin: origin })).body
  const { iat, exp } = claimsOf(client_token) as { iat: number; exp: number }
  expect(exp - iat).toBe(3600)
  const short = await backend.makeToken(origin, { expires_after: 1 })
  const end = Number(claimsOf(short).exp) * 1000
  const use = async () =>
    (await backend.call('GET', '/rpc/chat.unknown', { 'gram-chat-session': short, origin })).status
  const before = await use()
  // A machine that was busy for a second proves nothing either way.
  if (Date.now() < end) expect(before).toBe(404)
  await new Promise((resolve) => setTimeout(resolve, end - Date.now() + 5))
  expect(await use()).toBe(401)
  expect((await backend.revoke(short)).status).toBe(400)
})

test.each<[unknown, string]>([
  [0, 'invalid_range'],
  [-1, 'invalid_range'],
  [3601, 'invalid_range'],
  [86400, 'invalid_range'],
  ['60', 'invalid_field_type'],
  [1.5, 'invalid_field_type'],
])('expires_after %j is refused', async (expires_after, name) => {
  const { status, body } = await create({ embed_origin: origin, expires_after })
  expect(status).toBe(400)
  expect(body).toEqual(refusal(name))
  expect(body.message).toContain('expires_after')
})

test('a missing origin is told before anybody is asked who calls; an empty one is an origin', async () => {
  const nobody = await create({ expires_after: 60 }, {})
  expect(nobody.status).toBe(400)
  expect(nobody.body).toEqual(refusal('missing_field'))
  const empty = await create({ embed_origin: '' })
  expect(empty.status).toBe(200)
  expect(empty.body.embed_origin).toBe('')
  expect(claimsOf(empty.body.client_token).aud).toEqual([''])
})

test('whoever brings no credential, or none that is good, is refused with the body of this wire', async () => {
  const bad: Headers[] = [
    {},
    inDefault,
    { ...inDefault, 'gram-key': '' },
    { ...inDefault, 'gram-key': `gram_live_${'0'.repeat(64)}` },
    { ...inDefault, 'gram-session': 'nobody' },
    { ...inDefault, 'x-api-key': backend.key, authorization: `Bearer ${backend.key}` },
    { ...inDefault, cookie: `gram_session=${backend.operator}` },
  ]
  for (const headers of bad) {
    const answer = await create({ embed_origin: origin }, headers)
    expect(answer.status).toBe(401)
    expect(answer.body).toEqual(refusal('unauthorized'))
    expect(answer.headers).toMatchObject({ 'goa-error': 'unauthorized' })
    expect(answer.headers['content-type']).toContain('application/json')
    expect(answer.headers).not.toHaveProperty('set-cookie')
  }
})

test.each<[string[], number]>([
  [['consumer'], 403],
  [['hooks'], 403],
  [['agent'], 403],
  [['chat'], 200],
  [['producer'], 200],
  [['consumer', 'chat'], 200],
])('a key with the scopes %j is answered %i', async (scopes, status) => {
  const { key } = await backend.makeKey(scopes)
  const answer = await create({ embed_origin: origin }, { ...inDefault, 'gram-key': key })
  expect(answer.status).toBe(status)
  if (status === 403) expect(answer.body).toEqual(refusal('forbidden'))
})

test('the answer holds the token and what was asked, the token names the one origin, letter by letter', async () => {
  const odd = 'HTTPS://Shop.example:443/path?x=1 '
  const { body, headers } = await create({ embed_origin: odd, expires_after: 90, user_identifier: 'u-1' })
  const { client_token, ...rest } = body
  expect(rest).toEqual({ embed_origin: odd, expires_after: 90, status: 'active', user_identifier: 'u-1' })
  expect(headers['cache-control']).toBe('no-store')
  const claims = claimsOf(client_token)
  expect(claims.aud).toEqual([odd])
  expect(claims).toMatchObject({
    organization_slug: 'default',
    project_slug: 'default',
    external_user_id: 'u-1',
    jti: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/),
  })
  for (const name of ['iss', 'sub', 'nbf', 'session_id']) expect(claims).not.toHaveProperty(name)
  const [head = ''] = client_token.split('.')
  expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toMatchObject({ alg: 'HS256', typ: 'JWT' })
})

test('without a user there is none in the answer and none in the token; an empty one is one', async () => {
  const none = (await create({ embed_origin: origin })).body
  expect(none).not.toHaveProperty('user_identifier')
  expect(claimsOf(none.client_token)).not.toHaveProperty('external_user_id')
  const empty = (await create({ embed_origin: origin, user_identifier: '' })).body
  expect(empty.user_identifier).toBe('')
  expect(claimsOf(empty.client_token).external_user_id).toBe('')
})

test('an operator who logged in on the command line makes and ends tokens until the log-out', async () => {
  const env = { PARLOR_URL: parlor.url, PARLOR_API_KEY: parlor.key }
  const login = await runCommand(['login', '--json'], env)
  const { operator_session } = login.json<{ operator_session: string }>()
  parlor.secrets.add(operator_session)
  const headers = { 'gram-session': operator_session, 'gram-project': 'default' }
  const made = await create({ embed_origin: origin }, headers)
  expect(made.status).toBe(200)
  expect(claimsOf(made.body.client_token)).toMatchObject({ api_key_id: '', session_id: expect.stringMatching(/\w/) })
  const revoke = `/rpc/chatSessions.revoke?token=${made.body.client_token}`
  expect((await backend.call('DELETE', revoke, headers)).status).toBe(204)
  expect((await runCommand(['logout', operator_session], env)).code).toBe(0)
  expect((await create({ embed_origin: origin }, headers)).status).toBe(401)
})

test('where two credentials come, the operator is tried first and the key answers when that fails', async () => {
  const both = { 'gram-session': backend.operator, 'gram-key': backend.key }
  const made = await create({ embed_origin: origin }, { ...both, ...inDefault })
  expect(claimsOf(made.body.client_token)).toMatchObject({ api_key_id: '' })
  const byKey = await create({ embed_origin: origin }, { ...both, ...inDefault, 'gram-session': 'over' })
  expect(claimsOf(byKey.body.client_token)).not.toHaveProperty('session_id')
  const nowhere = { 'gram-session': backend.operator, 'gram-project': 'nowhere' }
  expect((await create({ embed_origin: origin }, nowhere)).status).toBe(401)
  expect((await create({ embed_origin: origin }, { ...nowhere, 'gram-key': backend.key })).status).toBe(403)
})

test('a project is named by its slug; the only one goes without saying', async () => {
  const { key } = await backend.makeKey(['chat'])
  expect((await create({ embed_origin: origin }, { 'gram-key': key })).status).toBe(200)
  const { id, slug } = await backend.makeProject('Second shop')
  const unnamed = await create({ embed_origin: origin }, { 'gram-key': key })
  expect(unnamed.status).toBe(400)
  expect(unnamed.body).toEqual(refusal('bad_request'))
  const named = await create({ embed_origin: origin }, { 'gram-key': `Bearer ${key}`, 'gram-project': slug })
  expect(claimsOf(named.body.client_token)).toMatchObject({ project_id: id, project_slug: slug })
  const bound = (await backend.makeKey(['chat'], id)).key
  expect((await create({ embed_origin: origin }, { 'gram-key': bound, 'gram-project': slug })).status).toBe(200)
  expect((await create({ embed_origin: origin }, { 'gram-key': bound, ...inDefault })).status).toBe(403)
})

test('a repeated request under one Idempotency-Key makes one token', async () => {
  const headers = { ...inDefault, 'gram-key': backend.key, 'idempotency-key': 'token-1' }
  const [first, again] = [
    await create({ embed_origin: origin }, headers),
    await create({ embed_origin: origin }, headers),
  ]
  expect(again.body).toEqual(first.body)
  expect(again.headers['idempotent-replayed']).toBe('true')
  expect((await create({ embed_origin: 'https://other.example' }, headers)).status).toBe(409)
})

test('no token and no key is in the log', async () => {
  const token = await backend.makeToken(origin)
  await backend.revoke(token)
  for (const secret of parlor.secrets) expect(parlor.output()).not.toContain(secret)
})
