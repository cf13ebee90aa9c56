import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../../admission/house.ts'

let house: House
let operator: string
let bound: string
beforeAll(async () => {
  house = await openHouse()
  operator = await house.makeOperator(house.mine)
  bound = await house.makeKey(house.mine, { scopes: ['producer'] })
})
afterAll(() => house.close())

type Headers = Record<string, string>

function call(method: string, url: string, headers: Headers, body?: object) {
  const request = { method: method as 'GET', url: `/rpc/${url}`, headers }
  return house.composed.app.inject({ ...request, ...(body && { payload: body }) })
}
const asOperator = (method: string, url: string, body?: object, more: Headers = {}) =>
  call(method, url, { 'gram-session': operator, ...more }, body)
const create = async (name: string) => (await asOperator('POST', 'projects.create', { name })).json().project
const said = ({ statusCode, json }: Awaited<ReturnType<typeof call>>) => [statusCode, json().name]

describe('projects', () => {
  it('are made with a slug out of their name, listed and shown', async () => {
    const made = await create('Über Shop & Söhne')
    expect(made).toMatchObject({ name: 'Über Shop & Söhne', slug: 'uber-shop-sohne', strict_origins: false })
    expect(made.organization_id).toBe(house.mine.accountId)
    const { projects } = (await asOperator('GET', `projects.list?organization_id=${house.mine.accountId}`)).json()
    expect(projects).toContainEqual({ id: made.id, name: made.name, slug: made.slug })
    expect((await asOperator('GET', `projects.get?slug=${made.slug}`)).json().project).toEqual(made)
  })

  it.each<[object, number, string]>([
    [{}, 400, 'missing_field'],
    [{ name: '東京' }, 400, 'invalid_pattern'],
    [{ name: 'Shop', slug: 'Shop' }, 400, 'invalid_pattern'],
    [{ name: 'x'.repeat(41) }, 400, 'invalid_length'],
    [{ name: 'Default' }, 409, 'conflict'],
    [{ name: 'Shop', organization_id: 'another' }, 403, 'forbidden'],
  ])('%j is refused with %i %s', async (body, status, name) => {
    const answer = await asOperator('POST', 'projects.create', body)
    expect(said(answer)).toEqual([status, name])
    // A field is named as the caller wrote it, not by the part it came in.
    expect(answer.json().message).not.toContain('body.')
  })

  it('of another account are none', async () => {
    expect((await asOperator('GET', 'projects.list?organization_id=other')).statusCode).toBe(403)
    expect((await asOperator('DELETE', `projects.delete?id=${house.theirs.projectId}`)).statusCode).toBe(404)
    const named = { 'gram-project': 'nowhere' }
    // Alternative B is tried when A fails, and its refusal is the answer.
    expect((await asOperator('GET', 'projects.listAllowedOrigins', undefined, named)).statusCode).toBe(401)
  })

  it('are the account’s business, not that of a key bound to one', async () => {
    const made = await create('Next door')
    const key = { 'gram-key': bound }
    expect((await call('GET', 'projects.list', key)).json().projects.map(({ slug }: { slug: string }) => slug)).toEqual(
      ['default'],
    )
    expect((await call('POST', 'projects.create', key, { name: 'mine' })).statusCode).toBe(403)
    expect((await call('GET', 'projects.get?slug=next-door', key)).statusCode).toBe(404)
    expect((await call('DELETE', `projects.delete?id=${made.id}`, key)).statusCode).toBe(404)
    const strict = { strict_origins: true }
    expect(
      (await call('POST', 'projects.setStrictOrigins', { ...key, 'gram-project': 'next-door' }, strict)).statusCode,
    ).toBe(403)
  })
})

describe('deleting a project', () => {
  it('ends its sessions, disables its keys and lets nothing begin in it', async () => {
    const { id, slug } = await create('Short lived')
    const { key } = (await asOperator('POST', 'keys.create', { name: 'k', scopes: ['chat'], project_id: id })).json()
    const wide = (await asOperator('POST', 'keys.create', { name: 'k', scopes: ['chat'] })).json().key
    const begin = (secret: string) =>
      call(
        'POST',
        'chatSessions.create',
        { 'gram-key': secret, 'gram-project': slug },
        { embed_origin: 'https://a.example' },
      )
    const { client_token } = (await begin(key)).json()
    const use = () =>
      call('GET', 'chatSessions.nothing', { 'gram-chat-session': client_token, origin: 'https://a.example' })
    expect((await use()).statusCode).toBe(404)
    expect((await asOperator('DELETE', `projects.delete?id=${id}`)).statusCode).toBe(204)
    expect((await use()).statusCode).toBe(401)
    expect((await begin(key)).statusCode).toBe(401)
    expect((await begin(wide)).statusCode).toBe(403)
    expect((await asOperator('GET', `projects.get?slug=${slug}`)).statusCode).toBe(404)
    expect((await asOperator('GET', 'projects.list')).body).not.toContain(id)
    expect((await call('GET', 'keys.verify', { 'gram-key': wide })).body).not.toContain(id)
    expect(said(await asOperator('POST', 'projects.create', { name: 'Short lived' }))).toEqual([409, 'conflict'])
    expect((await asOperator('DELETE', `projects.delete?id=${id}`)).statusCode).toBe(204)
    const sessions = await house.composed.stores.sessions.listSessions(
      { accountId: house.mine.accountId, projectId: id },
      { offset: 0, limit: 10 },
    )
    expect(sessions.items).toMatchObject([{ state: 'ended', reason: 'revoked' }])
  })

  it('is not for the default one', async () => {
    expect(said(await asOperator('DELETE', `projects.delete?id=${house.mine.projectId}`))).toEqual([409, 'conflict'])
  })
})

describe('allowed origins', () => {
  it('bind sessions only where the project is strict', async () => {
    const { id, slug } = await create('Strict')
    const named = { 'gram-project': slug }
    const upsert = async (origin: string, status?: string) =>
      (await asOperator('POST', 'projects.upsertAllowedOrigin', { origin, status }, named)).json().allowed_origin
    const begin = async (embed_origin: string) =>
      said(await asOperator('POST', 'chatSessions.create', { embed_origin }, named))
    const asked = await upsert('https://Shop.example/')
    expect(asked).toMatchObject({ origin: 'https://shop.example', status: 'pending', project_id: id })
    await upsert('https://bad.example', 'rejected')
    expect((await begin('https://anything.example'))[0]).toBe(200)
    const key = (await asOperator('POST', 'keys.create', { name: 'k', scopes: ['producer'] })).json().key
    const byKey = { ...named, 'gram-key': key }
    const set = await call('POST', 'projects.setStrictOrigins', byKey, { strict_origins: true })
    expect(set.json().project).toMatchObject({ slug, strict_origins: true })
    const beginByKey = async (embed_origin: string) =>
      said(await call('POST', 'chatSessions.create', byKey, { embed_origin }))
    for (const origin of ['https://shop.example', 'https://bad.example', 'https://anything.example', '']) {
      expect(await beginByKey(origin)).toEqual([403, 'forbidden'])
    }
    expect(await upsert('https://shop.example', 'approved')).toMatchObject({ id: asked.id, status: 'approved' })
    expect((await beginByKey('https://shop.example'))[0]).toBe(200)
    expect(await beginByKey('https://shop.example/')).toEqual([403, 'forbidden'])
    const { allowed_origins } = (await call('GET', 'projects.listAllowedOrigins', byKey)).json()
    expect(allowed_origins).toMatchObject([
      { origin: 'https://shop.example', status: 'approved' },
      { origin: 'https://bad.example', status: 'rejected' },
    ])
  })

  it('end the use of a token that was made before they were', async () => {
    const { slug } = await create('Stricter')
    const named = { 'gram-project': slug }
    const origin = 'https://old.example'
    const { client_token } = (await asOperator('POST', 'chatSessions.create', { embed_origin: origin }, named)).json()
    const use = async () =>
      (await call('GET', 'chatSessions.nothing', { 'gram-chat-session': client_token, origin })).statusCode
    expect(await use()).toBe(404)
    await asOperator('POST', 'projects.setStrictOrigins', { strict_origins: true }, named)
    expect(await use()).toBe(403)
  })

  it.each<[object, string]>([
    [{ origin: 'shop.example' }, 'invalid_format'],
    [{ origin: '' }, 'invalid_length'],
    [{ origin: 'https://a.example', status: 'maybe' }, 'invalid_enum_value'],
    [{ origin: 'x'.repeat(501) }, 'invalid_length'],
    [{}, 'missing_field'],
  ])('%j is refused as %s', async (body, name) => {
    const named = { 'gram-project': 'default' }
    expect(said(await asOperator('POST', 'projects.upsertAllowedOrigin', body, named))).toEqual([400, name])
  })
})

it('an operator sets the same over the operators’ routes', async () => {
  const key = await house.makeKey(house.mine)
  const headers = { 'x-api-key': key }
  const { id } = await create('Admin made')
  const url = `/admin/v1/projects/${id}`
  const payload = { strict_origins: true, allowed_origins: ['https://A.example'] }
  const set = await house.composed.app.inject({ method: 'PATCH', url, headers, payload })
  expect(set.json()).toMatchObject({ strict_origins: true, allowed_origins: ['https://a.example'] })
  const wrong = { allowed_origins: ['nothing'] }
  expect((await house.composed.app.inject({ method: 'PATCH', url, headers, payload: wrong })).statusCode).toBe(422)
  const gone = await house.composed.app.inject({ method: 'DELETE', url, headers })
  expect(gone.json()).toEqual({ id, ended_sessions: 0 })
  expect((await house.composed.app.inject({ method: 'DELETE', url, headers })).statusCode).toBe(404)
})
