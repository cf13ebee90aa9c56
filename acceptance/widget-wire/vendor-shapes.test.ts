import { createServer, STATUS_CODES } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findFreePort } from '../harness/free-port.ts'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'
import { HttpLibraryError, KonProError, openGenerationOne, openGenerationTwo } from './vendor-clients.ts'

let parlor: Parlor
let agentId: string
beforeAll(async () => {
  parlor = await startParlor()
  agentId = await parlor.createAgent()
})
afterAll(() => parlor[Symbol.asyncDispose]())

const two = (key = parlor.key) => openGenerationTwo({ port: parlor.port, key })
const one = (key = parlor.key) => openGenerationOne({ port: parlor.port, key })
const wrongKey = `sk_live_${'0'.repeat(40)}`
const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)

async function fault<T extends Error>(of: Promise<unknown>): Promise<T> {
  return of.then(
    () => {
      throw new Error('It was not refused.')
    },
    (error: T) => error,
  )
}

/** What a client really sends: request line and headers as they are spelled. */
async function recordWire(use: (port: number) => Promise<unknown>[]): Promise<Record<string, Record<string, string>>> {
  const seen: Record<string, Record<string, string>> = {}
  const server = createServer(({ method, url, rawHeaders }, response) => {
    const pairs = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1]]] : []))
    const { Connection: _connection, Host: _host, ...headers } = Object.fromEntries(pairs)
    seen[`${method} ${url}`] = headers
    response.setHeader('content-type', 'application/json').end('{"data":{}}')
  })
  const port = await findFreePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await Promise.all(use(port))
  server.closeAllConnections()
  server.close()
  return seen
}

test('both clients here send what the real ones were seen to send', async () => {
  const newer = await recordWire((port) => {
    const client = openGenerationTwo({ port, key: 'k' })
    return [
      client.listVoices(),
      client.getWidgetSessionStatus('a b'),
      client.revokeWidgetSession('s'),
      client.validateApiKey(),
    ]
  })
  expect(newer).toEqual({
    'GET /v1/voices/': { 'X-API-Key': 'k' },
    'GET /v1/widget/sessions/a%20b': { 'X-API-Key': 'k' },
    'DELETE /v1/widget/sessions/s': { 'X-API-Key': 'k' },
    'POST /v1/api-keys/': { 'X-API-Key': 'k', 'content-length': '0' },
  })
  const older = await recordWire((port) => {
    const { avatars, widgets, apiKeys } = openGenerationOne({ port, key: 'k' })
    return [avatars.list(), widgets.deleteSession('s'), apiKeys.validate()]
  })
  const always = expect.objectContaining({ 'X-API-Key': 'k', 'Content-Type': 'application/json' })
  expect(older).toEqual({
    'GET /v1/avatars?': always,
    'DELETE /v1/widget/sessions/s': always,
    'POST /v1/api-keys/validate': always,
  })
})

describe('the newer client', () => {
  test('creates, reads and revokes a session, and finds every field it reads', async () => {
    const { data, meta } = await two().createWidgetSession({
      agenticAvatarId: agentId,
      userMetadata: { userId: 'u1' },
      allowedOrigins: ['https://shop.example'],
      audioOnly: true,
      settings: { max_duration: 60 },
    })
    expect(meta).toBeNull()
    expect(data).toEqual({
      sessionToken: expect.stringMatching(/^eyJ/),
      sessionId: expect.any(String),
      websocketUrl: expect.stringMatching(/^ws:\/\/.*\/v1\/rt$/),
      expiresAt: isoTime,
      // It sends no `settings`, so that this is the default.
      expiresIn: 3600,
      userId: expect.any(String),
      avatar: expect.any(Object),
      audioOnly: true,
    })
    const id = String(data?.sessionId)
    expect(await two().getWidgetSessionStatus(id)).toMatchObject({ session_id: id, status: 'active', valid: true })
    const { socket } = await parlor.visit(String(data?.sessionToken), {}, { origin: 'https://shop.example' })
    expect(await two().revokeWidgetSession(id)).toMatchObject({ session_id: id, success: true })
    expect((await socket.closed).code).toBe(4411)
  })

  test('takes null for what may be left out', async () => {
    const nothing = { userMetadata: null, allowedOrigins: null }
    const { data } = await two().createWidgetSession({ agenticAvatarId: agentId, ...nothing })
    expect(await two().getWidgetSessionStatus(String(data?.sessionId))).toMatchObject({
      user_metadata: null,
      allowed_origins: null,
      audio_only: false,
    })
  })

  test.each([
    ['listAvatars', { scope: 'public', page: 1, pageSize: 5 }],
    ['listAgenticAvatars', { page: 1, pageSize: 5 }],
    ['listBrains', { scope: 'private' }],
    ['listVoices', {}],
    ['listKnowledgeBases', {}],
  ] as const)('%s finds data and the whole meta', async (method, query) => {
    const { data, meta } = await two()[method](query)
    expect(data.length).toBeGreaterThan(0)
    expect(meta).toMatchObject({
      page: 1,
      page_size: expect.any(Number),
      total: data.length,
      total_pages: 1,
      has_next: false,
      has_prev: false,
    })
  })

  test('finds the fields its models require, as the types they require', async () => {
    const avatar = (await two().listAvatars()).data[0]
    for (const field of ['id', 'name', 'gender', 'occupation', 'cdn_url', 'created_at']) {
      expect(avatar?.[field], field).toEqual(expect.any(String))
    }
    const voice = (await two().listVoices()).data[0]
    for (const field of ['name', 'gender', 'elevenlabs_voice_id']) {
      expect(voice?.[field], field).toEqual(expect.any(String))
    }
    const agent = await two().getAgenticAvatar(agentId)
    expect(agent).toMatchObject({
      id: agentId,
      name: 'Test agent',
      avatar_id: avatar?.id,
      brain_id: expect.any(String),
    })
    for (const date of [agent.createdAt, agent.updatedAt]) expect(date.getTime()).toBeGreaterThan(Date.now() - 60_000)
    expect((await two().listLlms()).data).toContainEqual(expect.objectContaining({ name: 'extractive' }))
  })

  test('makes and deletes an agent and its brain', async () => {
    const brain = (await two().createBrain({ name: 'B', system_prompt: 'Answer.', llm_name: 'extractive' })) as {
      data: { id: string }
    }
    const [avatar, voice] = [(await two().listAvatars()).data[0], (await two().listVoices()).data[0]]
    const { data } = await two().createAgenticAvatar({
      name: 'Second',
      avatar_id: avatar?.id,
      voice_id: voice?.id,
      brain_id: brain.data.id,
      description: null,
    })
    expect(data).toMatchObject({ name: 'Second', brain_id: brain.data.id })
    expect(await two().deleteAgenticAvatar(String(data.id))).toMatchObject({ data: { success: true } })
    expect(await two().deleteBrain(brain.data.id)).toMatchObject({ data: { success: true } })
  })

  test('asks about its key without a body, and gets an answer for a wrong one, too', async () => {
    expect((await two().validateApiKey()).data).toMatchObject({
      valid: true,
      message: expect.any(String),
      key: { id: expect.any(String), name: expect.any(String), request_count: expect.any(Number), created_at: isoTime },
    })
    expect((await two(wrongKey).validateApiKey()).data).toMatchObject({ valid: false, key: null })
  })

  test('reads code, message and request id of every refusal', async () => {
    const publicAvatar = String((await two().listAvatars({ scope: 'public' })).data[0]?.id)
    const refusals: [() => Promise<unknown>, number, string][] = [
      [() => two(wrongKey).getWidgetSessionStatus('x'), 401, 'INVALID_API_KEY'],
      [() => two('').getWidgetSessionStatus('x'), 401, 'MISSING_API_KEY'],
      [() => two().getWidgetSessionStatus('a/b?c'), 404, 'NOT_FOUND'],
      [() => two().createWidgetSession({ agenticAvatarId: 'unknown' }), 404, 'NOT_FOUND'],
      [() => two().createWidgetSession({ agenticAvatarId: '' }), 422, 'VALIDATION_ERROR'],
      [() => two().listAvatars({ page: 0 }), 422, 'VALIDATION_ERROR'],
      [() => two().deleteAvatar(publicAvatar), 403, 'FORBIDDEN'],
    ]
    for (const [refusal, status, code] of refusals) {
      const error = await fault<KonProError>(refusal())
      expect(error).toBeInstanceOf(KonProError)
      expect(error).toMatchObject({ status, code, requestId: expect.stringMatching(/\S{8,}/) })
      expect(error.message).toMatch(/\w+ \w+/)
      expect([STATUS_CODES[status], 'Request failed']).not.toContain(error.message)
    }
  })

  test('is answered at the root and at /health, with its key and without', async () => {
    expect(await two().health()).toMatchObject({ status: 'ok' })
    expect(await two().root()).toMatchObject({ name: expect.any(String), version: expect.any(String) })
    expect(await two(wrongKey).health()).toMatchObject({ status: 'ok' })
  })
})

describe('the older client', () => {
  test('creates, reads and deletes a session under data, with a content type on everything', async () => {
    const wish = { agentic_avatar_id: agentId, user_metadata: { plan: 'pro' }, settings: { max_duration: 120 } }
    const created = await one().widgets.createSession(wish)
    expect(created).toMatchObject({
      session_token: expect.stringMatching(/^eyJ/),
      expires_at: isoTime,
      expires_in: 120,
      websocket_url: expect.any(String),
      user_id: expect.any(String),
      avatar: expect.any(Object),
    })
    const id = String(created.session_id)
    expect(await one().widgets.getSession(id)).toMatchObject({
      id: expect.any(String),
      session_id: id,
      user_id: created.user_id,
      agentic_avatar_id: agentId,
      api_key_id: expect.any(String),
      user_metadata: { plan: 'pro' },
      allowed_origins: null,
      is_revoked: false,
      expires_at: created.expires_at,
      created_at: isoTime,
    })
    expect(await one().widgets.deleteSession(id)).toMatchObject({ success: true, message: expect.any(String) })
    expect(await one().widgets.getSession(id)).toMatchObject({ is_revoked: true })
  })

  test('lists with a bare ? and with its own names for scope and size', async () => {
    expect(await one().avatars.list()).toEqual(await one().avatars.list('scope=all'))
    expect((await one().avatars.list('scope=my')).length).toBe(0)
    expect((await one().voices.list('page=1&limit=1')).length).toBe(1)
    for (const list of [one().agenticAvatars.list, one().brains.list, one().knowledgeBases.list]) {
      expect((await list()).length).toBeGreaterThan(0)
    }
  })

  test('reads single things under data, and deletes them without a body', async () => {
    const [base] = await one().knowledgeBases.list()
    expect(await one().knowledgeBases.get(String(base?.id))).toMatchObject({ id: base?.id })
    const [avatar] = await one().avatars.list()
    expect(await one().avatars.get(String(avatar?.id))).toMatchObject({ id: avatar?.id, name: avatar?.name })
    const [voice] = await one().voices.list()
    expect(await one().voices.get(String(voice?.id))).toMatchObject({ id: voice?.id })
    const brain = await one().brains.create({ name: 'C', system_prompt: 'Answer.', llm_name: 'extractive' })
    expect(await one().brains.get(String(brain.id))).toMatchObject({ id: brain.id, llm_name: 'extractive' })
    expect(await one().brains.delete(String(brain.id))).toMatchObject({ success: true, message: expect.any(String) })
  })

  test('lists and validates keys, and reaches the root', async () => {
    expect(await one().apiKeys.list()).toContainEqual(
      expect.objectContaining({ user_id: expect.any(String), prefix: expect.any(String), is_active: true }),
    )
    expect(await one().apiKeys.validate()).toMatchObject({ valid: true, key_id: expect.any(String) })
    expect(await one(wrongKey).apiKeys.validate()).toMatchObject({ valid: false })
    expect(await one().testConnection()).toMatchObject({ version: expect.any(String) })
  })

  test('finds the message at the top of a refusal', async () => {
    const error = await fault<HttpLibraryError>(one(wrongKey).widgets.getSession('x'))
    expect(error).toBeInstanceOf(HttpLibraryError)
    expect(error).toMatchObject({ status: 401, data: { message: expect.stringMatching(/\w+ \w+/) } })
  })
})
