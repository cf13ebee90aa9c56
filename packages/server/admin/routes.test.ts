import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../admission/house.ts'

const operator = 'b'.repeat(40)
let house: House
let mine: string
beforeAll(async () => {
  house = await openHouse()
  mine = await house.makeKey(house.mine)
})
afterAll(() => house.close())

function call(method: string, path: string, key: string, body?: object | string, more: Record<string, string> = {}) {
  const headers = { 'x-api-key': key, ...more, ...(body !== undefined && { 'content-type': 'application/json' }) }
  const request = { method: method as 'GET', url: `/admin/v1${path}`, headers }
  return house.composed.app.inject({ ...request, ...(body !== undefined && { payload: body }) })
}

describe('who may act for whom', () => {
  it('an operator’s key names any account by id or name; without one it acts for its own', async () => {
    const byName = (await call('GET', '/projects?account=mine', operator)).json()
    const byId = (await call('GET', `/projects?account=${house.mine.accountId}`, operator)).json()
    expect(byName.data).toMatchObject([{ id: house.mine.projectId, slug: 'default' }])
    expect(byId).toEqual(byName)
    expect((await call('GET', '/projects', operator)).json().data[0].id).not.toBe(house.mine.projectId)
  })

  it('any other key names its own at most, and learns nothing of whether another exists', async () => {
    expect((await call('GET', '/keys?account=mine', mine)).statusCode).toBe(200)
    const [there, nowhere] = await Promise.all(
      ['theirs', 'nobody'].map((name) => call('GET', `/keys?account=${name}`, mine)),
    )
    expect(there?.statusCode).toBe(403)
    expect({ ...there?.json(), request_id: '', error: '' }).toEqual({ ...nowhere?.json(), request_id: '', error: '' })
    expect(there?.json().code).toBe('FORBIDDEN')
  })

  it('a name makes no operator', async () => {
    for (const name of ['Default', ' default', 'defаult']) {
      const made = await call('POST', '/accounts', operator, { name })
      if (made.statusCode === 409) continue
      const { key } = (await call('POST', '/keys', operator, { name: 'k', account: made.json().id })).json()
      expect((await call('GET', '/accounts', key)).statusCode).toBe(403)
      expect((await call('GET', '/access', key)).json().is_operator).toBe(false)
    }
    expect((await call('POST', '/accounts', operator, { name: 'default' })).statusCode).toBe(409)
  })

  it('is asked before the body is read', async () => {
    expect((await call('POST', '/accounts', mine, '{ broken')).statusCode).toBe(403)
    expect((await call('POST', '/accounts', operator, '{ broken')).statusCode).toBe(400)
  })

  it('a project of another account is none', async () => {
    const foreign = { name: 'k', project: house.theirs.projectId }
    expect((await call('POST', '/keys', mine, foreign)).statusCode).toBe(404)
    expect((await call('POST', '/keys/rotate-signing', mine, { project: house.theirs.projectId })).statusCode).toBe(404)
  })
})

describe('lists', () => {
  it('come in pages that join without gap', async () => {
    for (let n = 0; n < 5; n += 1) await call('POST', '/projects', mine, { name: `P${n}`, slug: `p${n}` })
    const page = async (n: number) => (await call('GET', `/projects?page=${n}&page_size=4`, mine)).json()
    const [first, second] = [await page(1), await page(2)]
    expect(first.meta).toEqual({ page: 1, page_size: 4, total: 6, total_pages: 2, has_next: true, has_prev: false })
    expect(second.meta).toMatchObject({ has_next: false, has_prev: true })
    const slugs = [...first.data, ...second.data].map(({ slug }: { slug: string }) => slug)
    expect(slugs).toEqual(['default', 'p0', 'p1', 'p2', 'p3', 'p4'])
  })

  it.each(['page=0', 'page=x', 'page_size=0', 'page=1000001'])('refuse %s', async (query) => {
    expect((await call('GET', `/sessions?${query}`, mine)).statusCode).toBe(422)
  })

  it('never hold more than 100', async () => {
    expect((await call('GET', '/keys?page_size=5000', mine)).json().meta.page_size).toBe(100)
  })
})

describe('bad values', () => {
  it.each([
    ['/accounts', { name: 5 }, 'name'],
    ['/accounts', { name: 'x', concurrency: '5' }, 'concurrency'],
    ['/accounts', { name: 'x', max_duration: 0 }, 'max_duration'],
    ['/keys', { name: 'x', expires_at: 'tomorrow' }, 'expires_at'],
    ['/keys', { name: 'x', expires_at: '2020-01-01T00:00:00Z' }, 'expires_at'],
    ['/keys', { name: 'x', expires_at: '2030-06-30T23:59:60Z' }, 'expires_at'],
    ['/keys', { name: 'x', rate_limit_window: 60 }, 'rate_limit_window'],
    ['/keys', { name: 'x', kind: 'root' }, 'kind'],
    ['/keys', { name: 'x', kind: 'client', allowed_origins: ['https://a.example/x'] }, 'allowed_origins'],
    ['/keys', { name: 'x', kind: 'client', concurrency: 0.5 }, 'concurrency'],
    ['/logout', {}, 'operator_session'],
  ])('of POST %s %j are named as they were sent', async (path, body, field) => {
    const answer = await call('POST', path, operator, body)
    expect(answer.statusCode).toBe(422)
    expect(answer.json().message).toContain(field)
    expect(answer.json().detail[0].loc.slice(0, 2)).toEqual(['body', field])
  })
})

it('makes a client key with what binds it, and ten minutes where nothing is said', async () => {
  const bound = { allowed_origins: ['https://shop.example'], concurrency: 20, max_duration: 60 }
  const made = (await call('POST', '/keys', operator, { name: 'Shop', kind: 'client', ...bound })).json()
  expect(made).toMatchObject({ kind: 'client', scopes: ['client'], ...bound })
  expect(made.key).toMatch(/^prl_pub_/)
  const plain = (await call('POST', '/keys', operator, { name: 'Any page', kind: 'client' })).json()
  expect(plain).toMatchObject({ allowed_origins: [], concurrency: null, max_duration: 600 })
})

it('two changes of one account at once are both kept, and a refused one holds up nobody', async () => {
  const { id } = (await call('POST', '/accounts', operator, { name: 'Changed at once' })).json()
  const changes = [{ suspended: true }, { concurrency: -1 }, { concurrency: 5 }, { max_duration: 60 }]
  const answers = await Promise.all(changes.map((change) => call('PATCH', `/accounts/${id}`, operator, change)))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 422, 200, 200])
  const now = (await call('PATCH', `/accounts/${id}`, operator, {})).json()
  expect(now).toMatchObject({ suspended: true, concurrency: 5, max_duration: 60 })
})

it('a key’s text is in the answer to making it and nowhere else, and is kept by no cache', async () => {
  const made = await call('POST', '/keys', mine, { name: 'k', max_duration: 60, rate_limit: 5 })
  const { key, id } = made.json()
  expect(made.headers['cache-control']).toBe('no-store')
  expect(made.json()).toMatchObject({ max_duration: 60, rate_limit: 5, rate_limit_window: 60, status: 'active' })
  expect((await call('GET', '/keys', mine)).body).not.toContain(key)
  expect((await call('GET', '/access', key)).json()).toMatchObject({ key: { id }, account: { name: 'mine' } })
  expect((await call('DELETE', `/keys/${id}`, key)).json()).toEqual({ id, status: 'revoked' })
  expect((await call('GET', '/access', key)).statusCode).toBe(401)
})

it('a repeated request makes nothing twice, and shows no key a second time', async () => {
  const again = { 'idempotency-key': 'once-1' }
  const project = () => call('POST', '/projects', mine, { name: 'Once', slug: 'once' }, again)
  const [first, second] = [await project(), await project()]
  expect(first.statusCode).toBe(200)
  expect(second.json()).toEqual(first.json())
  expect(second.headers['idempotent-replayed']).toBe('true')
  const made = await call('POST', '/keys', mine, { name: 'once' }, again)
  const repeated = await call('POST', '/keys', mine, { name: 'once' }, again)
  expect(repeated.statusCode).toBe(409)
  expect(repeated.body).toContain(made.json().id)
  expect(repeated.body).not.toContain(made.json().key)
  const keys = (await call('GET', '/keys?page_size=100', mine)).json().data
  expect(keys.filter(({ name }: { name: string }) => name === 'once')).toHaveLength(1)
})
