import { addDocument, createBase } from '@parlor/conversation/knowledge'
import type { Scope } from '@parlor/core/account'
import { createAgent } from '@parlor/core/agent'
import { endSession, issueSession } from '@parlor/core/session'
import { newId } from '@parlor/core/time'
import { sealWith, signingKeysOver } from '@parlor/core/token'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Belongings, type House, openHouse } from '../admission/house.ts'

const origin = 'https://shop.example'
const secret = 's'.repeat(40)
let house: House
let keys: Record<'mine' | 'theirs', string>
let token: { id: string; token: string }

beforeAll(async () => {
  house = await openHouse({ PARLOR_SECRET: secret })
  const { mine, theirs, makeKey } = house
  keys = {
    mine: await makeKey(mine, { scopes: ['consumer'] }),
    theirs: await makeKey(theirs, { scopes: ['consumer'] }),
  }
})
beforeEach(async () => {
  token = await mint(house.mine)
})
afterAll(() => house.close())

async function mint(owner: Belongings, { projectId = owner.projectId, knowledgeBase = true } = {}) {
  const { stores } = house.composed
  const project = await stores.accounts.findProject(projectId)
  const account = await stores.accounts.findAccount(owner.accountId)
  const [key] = await stores.accounts.listKeys(owner.accountId)
  if (project === null || account === null || key === undefined) throw new Error('the house is not furnished')
  const signingKeys = signingKeysOver(stores.signingKeys, sealWith(secret), stores.clock)
  const ports = { ...stores, signingKeys, httpAllowed: true, claims: () => ({ aud: [origin] }) }
  const agentId = projectId === owner.projectId ? owner.agent : projectId
  const features = { voiceInput: false, textInput: true, knowledgeBase }
  const rest = { domains: [], origins: [], audioOnly: false, singleUse: false, metadata: null }
  const wish = { kind: 'chat', agentId, audience: origin, features, ...rest } as const
  const made = await issueSession(ports, { key, account }, wish, project)
  return { id: made.session.id, token: made.token }
}

async function makeProject(owner: Belongings, slug: string) {
  const { accounts, clock } = house.composed.stores
  const project = {
    id: newId(clock),
    accountId: owner.accountId,
    slug,
    name: slug,
    strictOrigins: false,
    allowedOrigins: [],
    originRequests: [],
    deletedAt: null,
    createdAt: clock.now(),
  }
  await accounts.insertProject(project)
  return project
}

type Headers = Record<string, string | undefined>

function post(message: unknown, headers: Headers = {}, project = 'default') {
  const sent = { origin, 'gram-chat-session': token.token, 'content-type': 'application/json', ...headers }
  const payload = typeof message === 'string' ? message : JSON.stringify(message)
  const given = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined))
  return house.composed.app.inject({ method: 'POST', url: `/mcp/${project}`, headers: given as never, payload })
}

const rpc = (method: string, params: object = {}, id = 1) => ({ jsonrpc: '2.0', id, method, params })
const search = (query: unknown, more: object = {}) =>
  rpc('tools/call', { name: 'search_knowledge', arguments: { query, ...more } })
const asKey = (key: string): Headers => ({ origin: undefined, 'gram-chat-session': undefined, 'gram-key': key })

describe('a search', () => {
  it('answers passages that are numbered and name their source, as data and in words', async () => {
    const response = await post(search('When does the shop open?'))
    expect(response.statusCode).toBe(200)
    expect(response.headers['content-type']).toContain('application/json')
    const { result } = response.json()
    expect(result.isError).toBeUndefined()
    const [first] = result.structuredContent.passages
    expect(first).toMatchObject({ n: 1, title: 'Opening hours', source: 'hours.md' })
    expect(first.passage).toContain('nine in the morning')
    expect(result.content[0].text).toContain('[1] Opening hours')
    expect(response.headers['access-control-allow-origin']).toBe(origin)
  })

  it('says that nothing was found where the documents do not speak of it', async () => {
    const { result } = (await post(search('quantum entanglement'))).json()
    expect(result.structuredContent).toEqual({ passages: [] })
    expect(result.content[0].text).toContain('Nothing found')
    expect(result.isError).toBeUndefined()
  })

  it.each([
    ['no query', {}],
    ['an empty query', { query: '' }],
    ['a query of spaces', { query: ' \n ' }],
    ['a number for a query', { query: 7 }],
    ['a query of 4097 bytes in fewer characters', { query: 'é'.repeat(2049) }],
    ['no limit at all', { query: 'x', limit: 0 }],
    ['too high a limit', { query: 'x', limit: 13 }],
    ['half a passage', { query: 'x', limit: 1.5 }],
    ['an argument nobody knows', { query: 'x', base: 'other' }],
  ])('tells the model what is wrong with %s', async (_, args) => {
    const { result } = (await post(rpc('tools/call', { name: 'search_knowledge', arguments: args }))).json()
    expect(result.isError).toBe(true)
    expect(result.content[0].text).toMatch(/\w/)
    expect(result.structuredContent).toBeUndefined()
  })

  it('takes 4096 bytes, and hands back no more than was asked for', async () => {
    const { result } = (await post(search('opening hours '.repeat(292), { limit: 1 }))).json()
    expect(result.isError).toBeUndefined()
    expect(result.structuredContent.passages.length).toBeLessThanOrEqual(1)
  })

  it('makes the session live', async () => {
    await post(search('hours'))
    expect((await house.composed.stores.sessions.findSession(token.id))?.state).toBe('live')
  })

  it('finds nothing where the session was made without the knowledge base', async () => {
    token = await mint(house.mine, { knowledgeBase: false })
    const { result } = (await post(search('hours'))).json()
    expect(result.isError).toBe(true)
    expect(JSON.stringify(result)).not.toContain('nine')
  })
})

describe('the list of documents', () => {
  it('names them with what a citation calls them', async () => {
    const { result } = (await post(rpc('tools/call', { name: 'list_documents' }))).json()
    expect(result.structuredContent).toEqual({ documents: [{ title: 'Opening hours', source: 'hours.md' }], total: 1 })
  })
})

describe('the protocol', () => {
  it('lists its tools as ones that only read', async () => {
    const { result } = (await post(rpc('tools/list'))).json()
    expect(result.tools.map(({ name }: { name: string }) => name)).toEqual(['search_knowledge', 'list_documents'])
    for (const { annotations, inputSchema } of result.tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false, openWorldHint: false })
      expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false })
    }
  })

  it.each(['2025-11-25', '2025-06-18', '2025-03-26'])('shakes hands in %s', async (protocolVersion) => {
    const clientInfo = { name: 'test', version: '1' }
    const { result } = (await post(rpc('initialize', { protocolVersion, capabilities: {}, clientInfo }))).json()
    expect(result).toMatchObject({ protocolVersion, serverInfo: { name: 'parlor' }, capabilities: { tools: {} } })
  })

  it('answers a batch of the revision that had them, and not a long one', async () => {
    const batch = (await post([search('hours'), rpc('ping', {}, 2), rpc('tools/list', {}, 3)])).json()
    expect(batch.map(({ id }: { id: number }) => id).sort()).toEqual([1, 2, 3])
    const long = await post(Array.from({ length: 11 }, (_, i) => rpc('ping', {}, i)))
    expect(long.statusCode).toBe(413)
  })

  it('leaves no request without an answer that its batch calls off or names twice', async () => {
    const off = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } }
    expect((await post([search('hours'), off])).statusCode).toBe(200)
    expect((await post([search('hours'), search('hours')])).statusCode).toBe(200)
  })

  it('takes a notification without a word', async () => {
    const response = await post({ jsonrpc: '2.0', method: 'notifications/initialized' })
    expect(response.statusCode).toBe(202)
    expect(response.body).toBe('')
  })

  it('opens no subscription', async () => {
    const response = await post(rpc('subscriptions/listen', { notifications: {} }))
    expect(response.statusCode).toBe(400)
    expect(response.headers['content-type']).toContain('json')
  })

  it.each([
    ['not JSON', '{ not json', 400, -32700],
    ['nothing', '', 400, -32600],
    ['null', 'null', 400, -32600],
    ['a number', '7', 400, -32600],
    ['no method', '{"jsonrpc":"2.0","id":1}', 400, -32600],
    ['another protocol', '{"jsonrpc":"1.0","method":"ping"}', 400, -32600],
    ['an empty batch', '[]', 400, -32600],
    ['a way to a prototype', '{"__proto__":{"a":1}}', 400, -32700],
  ])('refuses %s', async (_, payload, status, code) => {
    const response = await post(payload)
    expect(response.json()).toMatchObject({ jsonrpc: '2.0', error: { code }, id: null })
    expect(response.statusCode).toBe(status)
  })

  it('says so where it knows no such method or tool', async () => {
    expect((await post(rpc('resources/list'))).json().error.code).toBe(-32601)
    expect((await post(rpc('tools/call', { name: 'drop_tables' }))).json().error.code).toBe(-32602)
  })

  it.each([
    ['/mcp', 404, -32000],
    ['/mcp/a/b', 404, -32000],
    ['/mcp/%ff', 400, -32600],
    ['/mcp/%00', 403, -32000],
  ])('answers in its own shape at %s', async (url, status, code) => {
    const headers = { origin, 'gram-chat-session': token.token }
    const response = await house.composed.app.inject({ method: 'POST', url, headers, payload: rpc('ping') })
    expect(response.json()).toMatchObject({ jsonrpc: '2.0', error: { code }, id: null })
    expect(response.statusCode).toBe(status)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'does not read %s',
    async (type) => {
      const response = await post(rpc('ping'), { 'content-type': type })
      expect(response.statusCode).toBe(415)
      expect(response.json()).toMatchObject({ jsonrpc: '2.0', error: { data: { code: 'unsupported_media_type' } } })
    },
  )

  it('reads no body larger than it takes', async () => {
    const response = await post(search('x'.repeat(300_000)))
    expect(response.statusCode).toBe(413)
    expect(response.json()).toMatchObject({ jsonrpc: '2.0', id: null })
  })

  it.each(['GET', 'DELETE', 'PUT'] as const)('has no use for %s', async (method) => {
    const headers = { origin, 'gram-chat-session': token.token, accept: 'text/event-stream' }
    const response = await house.composed.app.inject({ method, url: '/mcp/default', headers })
    expect(response.statusCode).toBe(405)
    expect(response.headers.allow).toBe('POST')
    expect(response.json()).toMatchObject({ jsonrpc: '2.0', error: { data: { code: 'method_not_allowed' } } })
  })
})

describe('who may call', () => {
  it('asks before it reads the body', async () => {
    const response = await post('{ not json', { 'gram-chat-session': undefined })
    expect(response.statusCode).toBe(401)
    expect(response.headers['www-authenticate']).toBe('Bearer realm="parlor"')
    const body = response.json()
    expect(body).toMatchObject({ jsonrpc: '2.0', error: { data: { code: 'missing_key' } }, id: null })
    expect(body.error.data.request_id).toBe(response.headers['x-request-id'])
  })

  it('takes the token as a bearer', async () => {
    const bearer = { 'gram-chat-session': undefined, authorization: `Bearer ${token.token}` }
    expect((await post(search('hours'), bearer)).statusCode).toBe(200)
    expect((await post(search('hours'), { ...bearer, origin: 'https://evil.example' })).statusCode).toBe(403)
  })

  it('refuses another origin, says which rule fired, and touches nothing', async () => {
    const response = await post(search('hours'), { origin: 'https://evil.example' })
    expect(response.statusCode).toBe(403)
    expect(response.json().error.data).toMatchObject({ code: 'origin_refused', origin: 'https://evil.example' })
    expect((await house.composed.stores.sessions.findSession(token.id))?.state).toBe('issued')
  })

  it('refuses a bad token with a challenge', async () => {
    const response = await post(search('hours'), { 'gram-chat-session': 'nonsense' })
    expect(response.statusCode).toBe(401)
    expect(response.headers['www-authenticate']).toContain('invalid_token')
  })

  it('refuses a revoked token, from the very next call on', async () => {
    const { stores } = house.composed
    expect((await post(search('hours'))).statusCode).toBe(200)
    await endSession({ ...stores, fanOut: { sessionEnded: async () => {} } }, token.id, 'revoked')
    expect((await post(search('hours'))).statusCode).toBe(401)
  })

  it('writes no answer after the session ended, even where it was found before', async () => {
    const { stores } = house.composed
    const real = stores.knowledge.search.bind(stores.knowledge)
    const spy = vi.spyOn(stores.knowledge, 'search').mockImplementation(async (...asked) => {
      const found = await real(...asked)
      await endSession({ ...stores, fanOut: { sessionEnded: async () => {} } }, token.id, 'revoked')
      return found
    })
    const response = await post(search('hours'))
    spy.mockRestore()
    expect(response.statusCode).toBe(401)
    expect(response.body).not.toContain('nine')
  })

  it('keeps a token to its own project', async () => {
    const other = await makeProject(house.mine, 'token-other')
    for (const slug of [other.slug, 'no-such-project']) {
      const response = await post(search('hours'), {}, slug)
      expect(response.statusCode).toBe(403)
      expect(response.json().error.data.code).toBe('forbidden')
    }
  })

  it('takes a key with the scope consumer, for the projects it is for', async () => {
    const other = await makeProject(house.mine, 'key-other')
    expect((await post(search('hours'), asKey(keys.mine))).json().result.structuredContent.passages).toHaveLength(1)
    expect((await post(search('hours'), asKey(keys.mine), other.slug)).statusCode).toBe(403)
    expect((await post(search('hours'), asKey('unknown'))).statusCode).toBe(401)
    const wide = await house.makeKey(house.mine, { scopes: ['consumer'], isAccountWide: true })
    const { result } = (await post(search('hours'), asKey(wide), other.slug)).json()
    expect(result.structuredContent).toEqual({ passages: [] })
    expect(result.content[0].text).toContain('no knowledge base')
    expect((await post(search('hours'), asKey(wide), 'nowhere')).statusCode).toBe(403)
  })

  it.each<[Scope, number]>([
    ['chat', 200],
    ['producer', 200],
    ['hooks', 403],
    ['agent', 403],
    ['agent_user', 403],
    ['write', 403],
  ])('answers a key with the scope %s alone with %i', async (scope, status) => {
    const answer = await post(search('hours'), asKey(await house.makeKey(house.mine, { scopes: [scope] })))
    expect(answer.statusCode).toBe(status)
    if (status === 403) expect(answer.json().error.message).toContain('"consumer" or "chat"')
  })

  it('answers 500 and no more where the store cannot be read', async () => {
    const { stores } = house.composed
    const broken = [
      () => vi.spyOn(stores.sessions, 'findSessionByJti'),
      () => vi.spyOn(stores.knowledge, 'search'),
      () => vi.spyOn(stores.sessions, 'findSession'),
    ]
    for (const breakIt of broken) {
      const spy = breakIt().mockRejectedValue(new Error('disk: /secret/path'))
      const response = await post(search('hours'))
      spy.mockRestore()
      expect(response.statusCode).toBe(500)
      expect(response.json()).toMatchObject({ jsonrpc: '2.0', error: { code: -32603 }, id: null })
      expect(response.body).not.toContain('secret')
    }
  })
})

describe('which knowledge base', () => {
  it('is the newest of the project where no agent has one, and never another project’s', async () => {
    const { stores } = house.composed
    const project = await makeProject(house.mine, 'with-base')
    const base = await createBase(stores, { accountId: house.mine.accountId, projectId: project.id, name: 'Museum' })
    await addDocument(stores, base, { name: 'roof.md', text: '# Roof\n\nThe roof garden closes at dusk.' })
    token = await mint(house.mine, { projectId: project.id })
    const { result } = (await post(search('When does the roof garden close?'), {}, project.slug)).json()
    expect(result.structuredContent.passages[0]).toMatchObject({ source: 'roof.md' })
    const foreign = (await post(search('When does the shop open?'), {}, project.slug)).json().result
    expect(foreign.structuredContent.passages).toEqual([])
  })

  it('is the one of the session’s agent, also when a newer agent came', async () => {
    const { stores } = house.composed
    const owner = { accountId: house.mine.accountId, projectId: house.mine.projectId }
    const newer = await createBase(stores, { ...owner, name: 'Newer' })
    await addDocument(stores, newer, { name: 'newer.md', text: '# Opening hours\n\nThe newer shop opens at ten.' })
    const old = await stores.agents.brains.find(house.mine.brain)
    const agent = await stores.agents.agents.find(house.mine.agent)
    if (old === null || agent === null) throw new Error('the house is not furnished')
    const brain = { ...old, id: newId(stores.clock), name: 'newer', knowledgeBaseId: newer.id }
    await stores.agents.brains.insert(brain)
    await createAgent(stores.agents, stores.clock, { ...agent, brainId: brain.id, name: 'newer' })
    const sources = async (headers: Headers) =>
      (await post(search('When does the shop open?'), headers))
        .json()
        .result.structuredContent.passages.map(({ source }: { source: string }) => source)
    expect(await sources({})).toEqual(['hours.md'])
    expect(await sources(asKey(keys.mine))).toEqual(['newer.md'])
  })

  it('is none where the session’s agent has none, whatever else the project holds', async () => {
    const { stores } = house.composed
    const brain = await stores.agents.brains.find(house.mine.brain)
    const spy = vi.spyOn(stores.agents.brains, 'find').mockResolvedValue(brain && { ...brain, knowledgeBaseId: null })
    const { result } = (await post(search('When does the shop open?'))).json()
    spy.mockRestore()
    expect(result.structuredContent).toEqual({ passages: [] })
    expect(result.content[0].text).toContain('no knowledge base')
  })
})
