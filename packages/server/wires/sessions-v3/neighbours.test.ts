import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { House } from '../../admission/house.ts'
import { openNeighbourhood, pictureOf, pixel, pixelUrl } from './testing/neighbour-house.ts'

let house: House
let mine: Awaited<ReturnType<typeof openNeighbourhood>>['mine']
let theirs: typeof mine
beforeAll(async () => {
  ;({ house, mine, theirs } = await openNeighbourhood())
})
afterAll(() => house.close())

const agent = { provider: 'gemini', name: 'Guide', client: 'shop', instructions: 'Be kind.', voice: 'Puck' }
const avatar = { identity: 'guide', name: 'Ada', refImage: pixelUrl, agentId: null, client: 'shop' }
const make = async (path: string, body: object) => (await mine('POST', path, body)).body

describe('agents', () => {
  it('are made with what was asked for, and what was not is false or absent', async () => {
    const made = await mine('POST', '/v3/agents', { ...agent, model: 'gpt-realtime', greetingMsg: 'Hi', extra: 1 })
    expect(made).toMatchObject({ status: 201, body: { ...agent, model: 'gpt-realtime', greetingMsg: 'Hi' } })
    expect(made.body).toMatchObject({ organizationId: house.mine.accountId, search: false, emotions: false })
    for (const absent of ['remoteId', 'extra']) expect(made.body).not.toHaveProperty(absent)
    expect(await mine('GET', `/v3/agents/${made.body.id}`)).toMatchObject({ status: 200, body: made.body })
  })

  it('answer with the installation’s model, or with quotations where that is asked for', async () => {
    const models = ['gpt-realtime', 'extractive', undefined].map(async (model) => {
      const { id } = await make('/v3/agents', { ...agent, ...(model && { model }) })
      return (await house.composed.stores.agents.brains.find(id))?.model
    })
    expect(await Promise.all(models)).toEqual(['default', 'extractive', 'default'])
  })

  it('may come nested in config, as older pages have it; what stands beside wins (E9)', async () => {
    const { body } = await mine('POST', '/equos/v1/agents', { provider: 'openai', config: agent })
    expect(body).toMatchObject({ ...agent, provider: 'openai' })
  })

  it.each([
    [{ name: 'x' }, 'provider'],
    [{ provider: 'parlor' }, 'provider'],
    [{ ...agent, client: {} }, 'client'],
    [{ ...agent, memory: 'yes' }, 'memory'],
    [{ config: { ...agent, voice: 7 } }, 'voice'],
  ])('%j is refused, and %s named', async (body, field) => {
    const refused = await mine('POST', '/v3/agents', body)
    expect(refused).toMatchObject({ status: 400, body: { message: expect.stringContaining(field) } })
  })

  it('are changed in what is given, null clears, and the rest stays', async () => {
    const { id, createdAt } = await make('/v3/agents', { ...agent, memory: true })
    const changed = await mine('PUT', `/v3/agents/${id}`, { id, organizationId: 'x', name: 'New', voice: null })
    const { voice: _, ...kept } = agent
    expect(changed).toMatchObject({ status: 200, body: { ...kept, name: 'New', memory: true, id, createdAt } })
    expect(changed.body).not.toHaveProperty('voice')
    expect((await mine('GET', `/v3/agents/${id}`)).body).toEqual(changed.body)
  })

  it('are made once for an Idempotency-Key', async () => {
    const ask = () => mine('POST', '/v3/agents', agent, { 'idempotency-key': 'agent-once' })
    const made = await ask()
    const again = await ask()
    expect(again).toMatchObject({ status: 201, body: made.body, headers: { 'idempotent-replayed': 'true' } })
  })
})

describe('avatars', () => {
  it('show their picture to anybody, as an image and as nothing else', async () => {
    const made = await mine('POST', '/v3/avatars', avatar)
    const { refImage: _, ...shown } = avatar
    expect(made).toMatchObject({ status: 201, body: { ...shown, description: '' } })
    expect(made.body).not.toHaveProperty('refImage')
    const url = new URL(made.body.thumbnailUrl)
    expect(url.pathname).toBe(`/pictures/${made.body.id}`)
    const picture = await house.composed.app.inject({ method: 'GET', url: url.pathname })
    expect(picture.rawPayload).toEqual(pixel)
    expect(picture.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' })
    expect(picture.headers['content-security-policy']).toContain('sandbox')
    const headers = { 'if-none-match': String(picture.headers.etag) }
    const again = await house.composed.app.inject({ method: 'GET', url: url.pathname, headers })
    expect(again).toMatchObject({ statusCode: 304, body: '' })
    for (const id of [house.mine.avatar, 'none']) {
      expect((await house.composed.app.inject({ method: 'GET', url: `/pictures/${id}` })).statusCode).toBe(404)
    }
  })

  it('carry their agent, which must be the account’s own (E5)', async () => {
    const own = await make('/v3/agents', agent)
    const { refImage, identity, name } = avatar
    expect(await make('/v3/avatars', { refImage, identity, name })).toMatchObject({ agentId: null })
    expect(await make('/v3/avatars', { ...avatar, agentId: own.id })).toMatchObject({ agentId: own.id, agent: own })
    const foreign = (await theirs('POST', '/v3/agents', agent)).body.id
    for (const agentId of [foreign, house.mine.brain, 'none']) {
      expect(await mine('POST', '/v3/avatars', { ...avatar, agentId })).toMatchObject({ status: 404 })
    }
  })

  it('keep the picture they have where none is given, and take another one (E15)', async () => {
    const { id, thumbnailUrl } = await make('/v3/avatars', avatar)
    const renamed = await mine('PUT', `/v3/avatars/${id}`, { identity: 'other', name: 'Bea', client: null })
    expect(renamed.body).toMatchObject({ identity: 'other', name: 'Bea', client: null, thumbnailUrl })
    const { pathname } = new URL(thumbnailUrl)
    const read = () => house.composed.app.inject({ method: 'GET', url: pathname })
    const before = await read()
    expect(before.rawPayload).toEqual(pixel)
    expect((await mine('PUT', `/v3/avatars/${id}`, { refImage: pictureOf(40) })).status).toBe(200)
    expect((await read()).rawPayload.byteLength).toBe(40)
    expect((await read()).headers.etag).not.toBe(before.headers.etag)
  })

  it.each([
    ['no data URL', 'https://shop.example/face.png', 400],
    ['not base64', 'data:image/png,abc', 400],
    ['not an image', 'data:text/html;base64,PGI+', 400],
    ['a drawing that may hold scripts', 'data:image/svg+xml;base64,PHN2Zy8+', 400],
    ['of other bytes than it says', `data:image/jpeg;base64,${pixel.toString('base64')}`, 400],
    ['nothing but how one begins', 'data:image/png;base64,iVBORw0KGgo=', 400],
    [
      'a sound in the same wrapping',
      `data:image/webp;base64,${Buffer.from('RIFF\0\0\0\0WAVEfmt ').toString('base64')}`,
      400,
    ],
    ['spoilt', `${pixelUrl}%`, 400],
    ['empty', 'data:image/png;base64,', 400],
    ['above 5 MB', pictureOf(5 * 2 ** 20 + 1), 413],
    ['far above it', pictureOf(12 * 2 ** 20), 413],
  ])('with a picture that is %s are refused (Q22)', async (_, refImage, status) => {
    expect((await mine('POST', '/v3/avatars', { ...avatar, refImage })).status).toBe(status)
  })

  it('may have a picture of just 5 MB', async () => {
    expect((await mine('POST', '/v3/avatars', { ...avatar, refImage: pictureOf(5 * 2 ** 20) })).status).toBe(201)
  })
})

describe.each([
  ['agents', agent],
  ['avatars', avatar],
])('%s', (plural, body) => {
  const path = `/v3/${plural}`

  it('that are deleted are answered once more, are in no list, and do not come back (Q21)', async () => {
    const made = await make(path, body)
    expect(await mine('DELETE', `${path}/${made.id}`)).toMatchObject({ status: 200, body: made })
    expect(await mine('GET', `${path}/${made.id}`)).toMatchObject({ status: 200, body: null })
    expect(await mine('DELETE', `${path}/${made.id}`)).toMatchObject({ status: 200, body: null })
    expect((await mine('PUT', `${path}/${made.id}`, { name: 'x' })).status).toBe(404)
    const { body: list } = await mine('GET', `${path}?take=50`)
    expect(list[plural].map(({ id }: { id: string }) => id)).not.toContain(made.id)
  })

  it('of another account are as unknown as those that never were (E8)', async () => {
    const { id } = await make(path, body)
    for (const unknown of [id, 'none']) {
      expect(await theirs('GET', `${path}/${unknown}`)).toMatchObject({ status: 200, body: null })
      expect(await theirs('DELETE', `${path}/${unknown}`)).toMatchObject({ status: 200, body: null })
      expect((await theirs('PUT', `${path}/${unknown}`, { name: 'x' })).status).toBe(404)
    }
    expect((await mine('GET', `${path}/${id}`)).body.id).toBe(id)
  })

  it('are listed newest first, cut by take and skip, and by client exactly (Q11, Q12)', async () => {
    const client = `client-${plural}`
    const ids: string[] = []
    for (let n = 0; n < 3; n += 1) ids.unshift((await make(path, { ...body, client })).id)
    await make(path, { ...body, client: `${client}-2` })
    const list = async (query: string) => (await mine('GET', `${path}?${query}`)).body
    const found = await list(`client=${client}`)
    expect(found).toMatchObject({ skip: 0, take: 20, total: 3 })
    expect(found[plural].map(({ id }: { id: string }) => id)).toEqual(ids)
    const one = await list(`client=${client}&take=1&skip=1`)
    expect(one).toMatchObject({ skip: 1, take: 1, total: 3, [plural]: [{ id: ids[1] }] })
    expect(await list('take=1000&skip=-5')).toMatchObject({ skip: 0, take: 50 })
    expect(await list('skip=99999999999999')).toMatchObject({ [plural]: [] })
    expect((await mine('GET', `${path}?take=some`)).status).toBe(400)
    expect((await theirs('GET', path)).body[plural].map(({ id }: { id: string }) => id)).not.toContain(ids[0])
  })
})

describe('every place of the wire', () => {
  const things = ['agents', 'avatars', 'brains', 'faces', 'voices', 'characters', 'knowledge-bases']

  it.each([
    ['/v3', things],
    ['/equos/v3', things],
    ['/equos/v1', things],
    ['/v1', ['agents']],
  ])('%s has the same things (E1, X1)', async (prefix, plurals) => {
    const { id } = await make(`${prefix}/agents`, agent)
    expect((await mine('GET', `/v3/agents/${id}`)).body.id).toBe(id)
    for (const plural of plurals) {
      const { body } = await mine('GET', `${prefix}/${plural}`)
      expect(body, plural).toMatchObject({ skip: 0, take: 20, total: expect.any(Number) })
      expect((await mine('POST', `${prefix}/${plural}`, {})).body, plural).toMatchObject({ statusCode: 400 })
    }
  })

  it('of all of them /v3 alone is described', async () => {
    const { paths } = (await mine('GET', '/openapi.json')).body
    for (const plural of things) expect(paths).toHaveProperty([`/v3/${plural}`])
    expect(Object.keys(paths).filter((path) => /^\/(equos|v1\/agents|pictures|uploads)/.test(path))).toEqual([])
  })
})
