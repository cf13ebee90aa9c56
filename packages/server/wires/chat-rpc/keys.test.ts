import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../../admission/house.ts'

let house: House
let operator: string
beforeAll(async () => {
  house = await openHouse()
  operator = await house.makeOperator(house.mine)
})
afterAll(() => house.close())

type Headers = Record<string, string>

function call(method: string, url: string, headers: Headers, body?: object) {
  const request = { method: method as 'GET', url: `/rpc/${url}`, headers }
  return house.composed.app.inject({ ...request, ...(body && { payload: body }) })
}
const asOperator = (method: string, url: string, body?: object, more: Headers = {}) =>
  call(method, url, { 'gram-session': operator, ...more }, body)
const createKey = async (body: object, more?: Headers) => (await asOperator('POST', 'keys.create', body, more)).json()

describe('keys.create', () => {
  it('makes a key of the whole account and shows its text this once', async () => {
    const made = await createKey({ name: 'backend', scopes: ['chat', 'consumer'] })
    expect(made).toEqual({
      id: expect.any(String),
      organization_id: house.mine.accountId,
      created_by_user_id: house.mine.accountId,
      name: 'backend',
      key_prefix: made.key.slice(0, 'gram_local_'.length + 5),
      key: expect.stringMatching(/^gram_local_[0-9a-f]{64}$/),
      scopes: ['chat', 'consumer'],
      created_at: expect.stringMatching(/^\d{4}-.*Z$/),
      updated_at: made.created_at,
    })
    const list = await asOperator('GET', 'keys.list')
    expect(list.body).not.toContain(made.key.slice(20))
    expect(list.json().keys.find(({ id }: { id: string }) => id === made.id)).toEqual({ ...made, key: undefined })
  })

  it('binds a key to one project on demand', async () => {
    const { project } = (await asOperator('POST', 'projects.create', { name: 'Bound' })).json()
    const { key, project_id } = await createKey({ name: 'k', scopes: ['chat'], project_id: project.id })
    expect(project_id).toBe(project.id)
    const create = (slug: string) =>
      call('POST', 'chatSessions.create', { 'gram-key': key, 'gram-project': slug }, { embed_origin: 'o' })
    expect((await create('bound')).statusCode).toBe(200)
    expect((await create('default')).statusCode).toBe(403)
    expect((await createKey({ name: 'k', scopes: ['chat'], project_id: house.theirs.projectId })).name).toBe(
      'not_found',
    )
  })

  it.each<[object, string]>([
    [{ name: 'k', scopes: [] }, 'invalid_length'],
    [{ name: 'k' }, 'missing_field'],
    [{ scopes: ['chat'] }, 'missing_field'],
    [{ name: '', scopes: ['chat'] }, 'invalid_length'],
    [{ name: 'k', scopes: ['read'] }, 'invalid_enum_value'],
    [{ name: 'k', scopes: ['client'] }, 'invalid_enum_value'],
    [{ name: 'k', scopes: ['everything'] }, 'invalid_enum_value'],
    [{ name: 'k', scopes: 'chat' }, 'invalid_field_type'],
    [{ name: 'a\u0000b', scopes: ['chat'] }, 'invalid_format'],
  ])('refuses %j as %s', async (body, name) => {
    const answer = await asOperator('POST', 'keys.create', body)
    expect([answer.statusCode, answer.json().name]).toEqual([400, name])
  })

  it('gives no scope that the operator’s own key lacks', async () => {
    const small = await house.makeOperator(house.mine, { scopes: ['read', 'write', 'chat'] })
    const make = (scopes: string[]) => call('POST', 'keys.create', { 'gram-session': small }, { name: 'k', scopes })
    expect((await make(['producer'])).statusCode).toBe(403)
    expect((await make(['chat'])).statusCode).toBe(200)
  })

  it('makes one key for an Idempotency-Key and does not show it again', async () => {
    const once = { 'idempotency-key': 'make-one' }
    const first = await createKey({ name: 'once', scopes: ['chat'] }, once)
    const again = await asOperator('POST', 'keys.create', { name: 'once', scopes: ['chat'] }, once)
    expect([again.statusCode, again.json().name]).toEqual([409, 'conflict'])
    expect(again.body).not.toContain(first.key)
  })
})

describe('what a scope allows', () => {
  const headers = async (scopes: string[]) => ({ 'gram-key': (await createKey({ name: 'k', scopes })).key as string })
  const statuses = async (scopes: string[]) => {
    const key = { ...(await headers(scopes)), 'gram-project': 'default' }
    return [
      (await call('POST', 'chatSessions.create', key, { embed_origin: 'o' })).statusCode,
      (await call('GET', 'projects.listAllowedOrigins', key)).statusCode,
      (await call('POST', 'projects.setStrictOrigins', key, { strict_origins: false })).statusCode,
      (await call('GET', 'keys.verify', key)).statusCode,
    ]
  }

  it.each<[string[], number[]]>([
    [['chat'], [200, 403, 403, 200]],
    [['consumer'], [403, 200, 403, 200]],
    [['producer'], [200, 200, 200, 200]],
    [['hooks'], [403, 403, 403, 200]],
    [['agent'], [403, 403, 403, 200]],
    [['agent_user'], [403, 403, 403, 200]],
    [
      ['chat', 'consumer'],
      [200, 200, 403, 200],
    ],
  ])('%j', async (scopes, wanted) => {
    expect(await statuses(scopes)).toEqual(wanted)
  })

  it('is nothing on the widget wire', async () => {
    const { 'gram-key': key } = await headers(['producer', 'chat', 'agent'])
    const answer = await house.composed.app.inject({ method: 'GET', url: '/v1/voices', headers: { 'x-api-key': key } })
    expect(answer.statusCode).toBe(403)
  })
})

describe('keys.verify', () => {
  it('says whose key it is and where it may act', async () => {
    const { key } = await createKey({ name: 'k', scopes: ['chat'] })
    const { organization, projects, scopes } = (
      await call('GET', 'keys.verify', { 'gram-key': `Bearer ${key}` })
    ).json()
    expect(organization).toEqual({ id: house.mine.accountId, name: 'mine', slug: 'mine' })
    expect(projects).toContainEqual({ id: house.mine.projectId, name: 'Default', slug: 'default' })
    expect(scopes).toEqual(['chat'])
  })
})

describe('keys.revoke', () => {
  it('takes the key out of use, again without complaint, and off the list', async () => {
    const { key, id } = await createKey({ name: 'k', scopes: ['chat'] })
    const verify = async () => (await call('GET', 'keys.verify', { 'gram-key': key })).statusCode
    expect(await verify()).toBe(200)
    expect((await asOperator('DELETE', `keys.revoke?id=${id}`)).statusCode).toBe(200)
    expect(await verify()).toBe(401)
    expect((await asOperator('DELETE', `keys.revoke?id=${id}`)).statusCode).toBe(200)
    expect((await asOperator('GET', 'keys.list')).body).not.toContain(id)
  })

  it.each([
    ['', 400, 'missing_field'],
    ['?id=', 400, 'invalid_length'],
    ['?id=unknown', 404, 'not_found'],
  ])('answers %j with %i %s', async (query, status, name) => {
    const answer = await asOperator('DELETE', `keys.revoke${query}`)
    expect([answer.statusCode, answer.json().name]).toEqual([status, name])
  })

  it('does not reach another account’s key', async () => {
    expect((await asOperator('DELETE', `keys.revoke?id=${house.theirs.key}`)).statusCode).toBe(404)
  })
})

it('a key shows when it was last used', async () => {
  const { key, id } = await createKey({ name: 'k', scopes: ['chat'] })
  const read = async () =>
    (await asOperator('GET', 'keys.list')).json().keys.find((one: { id: string }) => one.id === id)
  expect(await read()).not.toHaveProperty('last_accessed_at')
  await call('GET', 'keys.verify', { 'gram-key': key })
  await expect.poll(read).toMatchObject({ last_accessed_at: expect.stringMatching(/Z$/) })
})
