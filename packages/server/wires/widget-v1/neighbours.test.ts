import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../../admission/house.ts'
import { publicAvatarId, publicVoiceId } from '../../ops/seed.ts'

let house: House
let key: string
beforeAll(async () => {
  house = await openHouse()
  key = await house.makeKey(house.mine)
})
afterAll(() => house.close())

type Method = 'GET' | 'POST' | 'DELETE'
const call = (method: Method, url: string, body?: object, headers: Record<string, string> = {}) =>
  house.composed.app.inject({ method, url, headers: { 'x-api-key': key, ...headers }, ...(body && { payload: body }) })
const get = async (url: string) => (await call('GET', url)).json()

describe('lists', () => {
  it.each([
    ['/v1/avatars', 'avatars'],
    ['/v1/voices', 'voices'],
    ['/v1/brains', 'brains'],
    ['/v1/agentic-avatars', 'agentic_avatars'],
    ['/v1/knowledge-bases', 'knowledge_bases'],
    ['/v1/api-keys', 'api_keys'],
    ['/v1/streaming/knowledge_base/list', 'knowledge_bases'],
  ])('%s speaks both forms, under both spellings (K7, K15)', async (url, plural) => {
    for (const path of [url, `${url}/`, `${url}?`, `${url}/?page=1&page_size=5`, `${url}?limit=5`]) {
      const body = await get(path)
      expect(body.data.length, path).toBeGreaterThan(0)
      expect(body[plural]).toEqual(body.data)
      expect(body.meta).toMatchObject({
        page: 1,
        total: body.pagination.total,
        has_prev: false,
        total_pages: body.pagination.total_pages,
      })
    }
  })

  it('are cut into pages, at most a hundred at a time; page_size wins over limit', async () => {
    for (let n = 0; n < 5; n += 1) await call('POST', '/v1/knowledge-bases', { name: `Paged ${n}` })
    const first = await get('/v1/knowledge-bases?page=1&page_size=2&limit=50')
    const last = await get('/v1/knowledge-bases?page=3&page_size=2')
    expect(first).toMatchObject({ meta: { page_size: 2, total: 6, total_pages: 3, has_next: true, has_prev: false } })
    expect(last).toMatchObject({ meta: { has_next: false, has_prev: true } })
    const ids = [...first.data, ...(await get('/v1/knowledge-bases?page=2&page_size=2')).data, ...last.data].map(
      ({ id }) => id,
    )
    expect(new Set(ids).size).toBe(6)
    expect((await get('/v1/knowledge-bases?page_size=100000')).meta.page_size).toBe(100)
    expect((await get('/v1/knowledge-bases?page=9')).data).toEqual([])
  })

  it.each([
    'page=0',
    'page=-1',
    'page=x',
    'page_size=0',
    'limit=0',
    'page=1.5',
    'scope=mine',
    'page=99999999999999999999',
  ])('refuse ?%s', async (query) => {
    const response = await call('GET', `/v1/avatars?${query}`)
    expect(response.statusCode).toBe(422)
    expect(response.json().code).toBe('VALIDATION_ERROR')
  })

  it('say once what a value may be', async () => {
    const message = async (query: string) => (await get(`/v1/agentic-avatars?${query}`)).message
    expect(await message('scope=mine')).toBe('scope: must be one of "all", "public", "private", "my".')
    expect(await message('page=1000001&status=x')).toBe(
      'page: must be <= 1000000; status: must be one of "active", "inactive".',
    )
  })

  it('of brains are filtered by the one type there is', async () => {
    expect((await get('/v1/brains?type=knowledge_base')).data).toEqual((await get('/v1/brains')).data)
    expect((await get('/v1/brains?type=workflow')).data).toEqual([])
  })

  it('show what the scope asks for; my is private (K17)', async () => {
    const ids = async (scope: string) =>
      (await get(`/v1/avatars?scope=${scope}`)).data.map(({ id }: { id: string }) => id)
    expect(await ids('public')).toEqual([publicAvatarId])
    const own = await ids('private')
    expect(own).toContain(house.mine.avatar)
    expect(own).not.toContain(publicAvatarId)
    expect(await ids('my')).toEqual(own)
    expect(new Set(await ids('all'))).toEqual(new Set([publicAvatarId, ...own]))
  })

  it('of voices are filtered by language and gender', async () => {
    const ids = async (query: string) => (await get(`/v1/voices?${query}`)).data.map(({ id }: { id: string }) => id)
    expect(await ids('language=en&gender=neutral')).toContain(publicVoiceId)
    expect(await ids('gender=female')).toEqual([])
    expect(await ids('language=de')).toEqual([])
  })
})

describe('fields that only older clients read', () => {
  it('are there all the same', async () => {
    const [avatar] = (await get('/v1/avatars?scope=public')).data
    expect(avatar).toMatchObject({ url: avatar.cdn_url, object_key: null })
    const [base] = (await get('/v1/knowledge-bases')).data
    for (const field of ['content_type', 'content_url', 'content_object_key', 'pinecone_namespace']) {
      expect(base).toHaveProperty(field, null)
    }
  })
})

describe('avatars', () => {
  it('have a picture that is there', async () => {
    const { data } = await get('/v1/avatars?scope=public')
    const { pathname } = new URL(data[0].preview_image)
    const picture = await house.composed.app.inject({ method: 'GET', url: pathname })
    expect(picture.headers['content-type']).toBe('image/svg+xml')
    expect(picture.body).toMatch(/^<svg .*<\/svg>$/s)
  })
})

describe('agentic avatars', () => {
  const make = async () => {
    const { brain } = house.mine
    const body = { name: 'Guide', avatar_id: publicAvatarId, voice_id: publicVoiceId, brain_id: brain }
    return (
      await call('POST', '/v1/agentic-avatars/', { ...body, settings: { greeting: 'Hi', max_conversation_length: 20 } })
    ).json()
  }

  it('are made in both forms and read back the same (K3, K12)', async () => {
    const made = await make()
    expect(made.data).toMatchObject({
      name: 'Guide',
      settings: { greeting: 'Hi', max_conversation_length: 20, languages: [] },
    })
    expect(await get(`/v1/agentic-avatars/${made.id}`)).toEqual(made)
  })

  it('carry what they are put together from, also after it was deleted', async () => {
    const brain = (await call('POST', '/v1/brains', { name: 'Own', system_prompt: 'x', llm_name: 'extractive' })).json()
    const parts = { avatar_id: publicAvatarId, voice_id: publicVoiceId, brain_id: brain.id }
    const made = (await call('POST', '/v1/agentic-avatars', { name: 'Whole', ...parts })).json()
    const { data: avatar } = await get(`/v1/avatars/${publicAvatarId}`)
    const { data: voice } = await get(`/v1/voices/${publicVoiceId}`)
    expect(made.data).toMatchObject({ avatar, voice, brain: brain.data })
    await call('DELETE', `/v1/brains/${brain.id}`)
    expect((await get(`/v1/agentic-avatars/${made.id}`)).brain).toEqual(brain.data)
    const listed = (await get('/v1/agentic-avatars')).data.find(({ id }: { id: string }) => id === made.id)
    expect(listed).toEqual(made.data)
  })

  it('count their sessions (B30) and, once deleted, take no new ones while the old go on (B31)', async () => {
    const { id, brain_id, avatar_id, voice_id } = await make()
    const session = (await call('POST', '/v1/widget/sessions', { agentic_avatar_id: id })).json()
    expect((await get(`/v1/agentic-avatars/${id}`)).usage).toMatchObject({
      total_sessions: 1,
      last_used: expect.any(String),
    })
    const gone = await call('DELETE', `/v1/agentic-avatars/${id}`)
    expect(gone.json()).toMatchObject({ id, data: { success: true } })
    expect((await call('POST', '/v1/widget/sessions', { agentic_avatar_id: id })).statusCode).toBe(404)
    expect((await get(`/v1/widget/sessions/${session.session_id}`)).status).toBe('active')
    expect((await call('DELETE', `/v1/agentic-avatars/${id}`)).statusCode).toBe(404)
    for (const path of [`/v1/brains/${brain_id}`, `/v1/avatars/${avatar_id}`, `/v1/voices/${voice_id}`]) {
      expect((await call('GET', path)).statusCode).toBe(200)
    }
  })
})

describe('what may be deleted', () => {
  it('is one’s own; a public avatar is refused (B32)', async () => {
    const response = await call('DELETE', `/v1/avatars/${publicAvatarId}`)
    expect(response.statusCode).toBe(403)
    expect((await call('DELETE', `/v1/avatars/${house.mine.avatar}`)).json()).toMatchObject({
      avatar_id: house.mine.avatar,
    })
    expect((await call('GET', `/v1/avatars/${house.mine.avatar}`)).statusCode).toBe(404)
  })

  it('a knowledge base goes with its documents; the brain that had it stays', async () => {
    const base = (await call('POST', '/v1/knowledge-bases', { name: 'Short lived' })).json()
    const documents = `/v1/knowledge-bases/${base.id}/documents`
    await call('POST', documents, { name: 'a.md', text: '# A\n\nA page.' })
    const brain = { name: 'B', system_prompt: '', llm_name: 'extractive', knowledge_base_id: base.id }
    const { id } = (await call('POST', '/v1/brains/', brain)).json()
    expect((await call('DELETE', `/v1/knowledge-bases/${base.id}`)).statusCode).toBe(200)
    expect((await call('GET', documents)).statusCode).toBe(404)
    expect((await get(`/v1/brains/${id}`)).document_count).toBe(0)
    expect((await call('DELETE', `/v1/brains/${id}`)).statusCode).toBe(200)
    expect((await call('GET', `/v1/brains/${id}`)).statusCode).toBe(404)
  })
})

describe('knowledge bases', () => {
  it('have names that are unique in the account (B33)', async () => {
    expect((await call('POST', '/v1/knowledge-bases', { name: 'Twice' })).statusCode).toBe(200)
    const again = (await call('POST', '/v1/knowledge-bases', { name: 'Twice' })).json()
    expect(again.code).toBe('CONFLICT')
    expect(again.message).toMatch(/knowledge base of this name/)
    expect((await call('POST', '/v1/streaming/knowledge_base/create', { name: 'Twice' })).statusCode).toBe(409)
  })

  it('are made at the documented path, too (K11)', async () => {
    const made = await call('POST', '/v1/streaming/knowledge_base/create', {
      name: 'Streaming',
      opening: 'Hi',
      prompt: 'x',
    })
    expect(made.json()).toMatchObject({ knowledge_base_id: expect.any(String), name: 'Streaming', status: 'created' })
  })
})
