import {
  APIKeysApi,
  AvatarResponseFromJSON,
  AvatarsApi,
  Configuration,
  DefaultApi,
  instanceOfWidgetSessionCreate,
  KonPro,
  KonProError,
  KonProSDK,
  ListAvatarsScopeEnum,
  ResponseError,
  WidgetApi,
  WidgetSessionCreateToJSON,
} from '@parlor/sdk/konpro'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const nobody = '00000000-0000-4000-8000-000000000000'

describe('the face of the widget wire', () => {
  let parlor: Parlor
  let agenticAvatarId: string
  let widget: WidgetApi
  let konpro: KonPro
  beforeAll(async () => {
    parlor = await startParlor()
    agenticAvatarId = await parlor.createAgent({ name: 'Guide' })
    widget = new WidgetApi(new Configuration({ basePath: parlor.url, apiKey: parlor.key }))
    konpro = new KonPro({ apiKey: parlor.key, basePath: `${parlor.url}/` })
  })
  afterAll(() => parlor?.[Symbol.asyncDispose]())

  test('a session is created with every setting, read and revoked under the generated names', async () => {
    const { data } = await widget.createWidgetSession({
      widgetSessionCreate: {
        agenticAvatarId,
        allowedOrigins: ['https://shop.example:8443'],
        userMetadata: { userId: 'u-1', inner_key: { keepCase: 1 } },
        audioOnly: true,
        settings: { maxDuration: 600, allowedDomains: ['www.shop.example'], features: { voiceInput: false } },
      },
    })
    parlor.secrets.add(data.sessionToken)
    expect(data).toMatchObject({
      sessionToken: expect.stringMatching(/^eyJ/),
      expiresAt: expect.stringMatching(isoTime),
      expiresIn: 600,
      websocketUrl: expect.stringMatching(/^ws/),
      userId: expect.any(String),
      audioOnly: true,
      widgetUrl: expect.stringContaining('/embed'),
      avatar: { agentic_avatar_id: agenticAvatarId },
    })
    const { sessionId } = data
    expect(await widget.getWidgetSessionStatus({ sessionId })).toMatchObject({
      session_id: sessionId,
      status: 'active',
      allowed_origins: ['https://shop.example:8443'],
      allowed_domains: ['www.shop.example'],
      features: { voice_input: false, text_input: true, knowledge_base: true },
      user_metadata: { userId: 'u-1', inner_key: { keepCase: 1 } },
    })
    const raw = await widget.revokeWidgetSessionRaw({ sessionId })
    expect([raw.raw.status, (await raw.value()).success]).toEqual([200, true])
    expect((await konpro.widget.getWidgetSessionStatus({ sessionId })).status).toBe('terminated')
  })

  test('an agent is made, found, and deleted, with dates as dates', async () => {
    const { agenticAvatars, avatars, brains, voices } = konpro
    const avatar = (await avatars.listAvatars({ scope: ListAvatarsScopeEnum.Public, pageSize: 1 })).data[0]
    const voice = (await voices.listVoices({ scope: 'public' })).data[0]
    const brain = await brains.createBrain({
      brainCreate: { name: 'New', systemPrompt: 'Be kind.', llmName: 'extractive' },
    })
    const parts = { avatarId: avatar?.id ?? '', voiceId: voice?.id ?? '', brainId: brain.data.id }
    const made = await agenticAvatars.createAgenticAvatar({
      agenticAvatarCreate: { name: 'New', ...parts, settings: { maxConversationLength: 20 } },
    })
    expect(made.data).toMatchObject({ ...parts, settings: { maxConversationLength: 20 }, createdAt: expect.any(Date) })
    const { id } = made.data
    expect((await agenticAvatars.getAgenticAvatar({ avatarId: id })).data).toEqual(made.data)
    const list = await agenticAvatars.listAgenticAvatars({ page: 1, pageSize: 1 })
    expect(list.meta).toEqual({ page: 1, pageSize: 1, total: 2, totalPages: 2, hasNext: true, hasPrev: false })
    expect(await agenticAvatars.deleteAgenticAvatar({ avatarId: id })).toMatchObject({ success: true })
    expect(await brains.deleteBrain({ brainId: brain.data.id })).toMatchObject({ success: true })
    expect((await avatars.getAvatar({ avatarId: parts.avatarId })).data).toMatchObject({ id: parts.avatarId })
  })

  test('the rest of the classes answer', async () => {
    const configuration = new Configuration({ basePath: parlor.url, apiKey: async () => parlor.key })
    expect((await konpro.apiKeys.validateApiKey()).data).toMatchObject({
      valid: true,
      key: { createdAt: expect.any(Date) },
    })
    const stranger = new APIKeysApi(new Configuration({ basePath: parlor.url, apiKey: 'sk_nobody' }))
    expect((await stranger.validateApiKey()).data.valid).toBe(false)
    expect((await konpro.llms.listLlms()).data.length).toBeGreaterThan(0)
    expect((await konpro.knowledgeBases.listKnowledgeBases({ page: 1, pageSize: 5 })).data).toHaveLength(1)
    expect((await konpro.brains.listBrains()).data.length).toBeGreaterThan(0)
    expect(await new DefaultApi(configuration).health()).toMatchObject({ status: 'ok' })
    expect(await new DefaultApi(configuration).root()).toMatchObject({ version: expect.any(String) })
    const avatars = new AvatarsApi(configuration)
    await expect(avatars.deleteAvatar({ avatarId: nobody })).rejects.toMatchObject({ status: 404 })
  })

  test('a refusal is a KonProError from KonPro and a ResponseError from a bare class, with code and request id', async () => {
    const refused = await konpro.widget.getWidgetSessionStatus({ sessionId: nobody }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(KonProError)
    expect(refused).toMatchObject({
      name: 'KonProError',
      status: 404,
      code: 'NOT_FOUND',
      message: expect.stringMatching(/\w/),
      requestId: expect.any(String),
    })
    const bare = await widget.getWidgetSessionStatus({ sessionId: nobody }).catch((error: unknown) => error)
    expect(bare).toBeInstanceOf(ResponseError)
    expect(await (bare as ResponseError).response.json()).toHaveProperty('error.code', 'NOT_FOUND')
    const keyless = new WidgetApi(new Configuration({ basePath: parlor.url }))
    await expect(keyless.getWidgetSessionStatus({ sessionId: nobody })).rejects.toMatchObject({
      status: 401,
      code: 'MISSING_API_KEY',
    })
    const broken = konpro.widget.createWidgetSession({ widgetSessionCreate: {} as { agenticAvatarId: string } })
    await expect(broken).rejects.toMatchObject({ name: 'KonProError', status: 422, code: 'VALIDATION_ERROR' })
  })

  test('the first generation gives the data of each answer in the names of the wire', async () => {
    const old = new KonProSDK(parlor.key, { baseURL: parlor.url, timeout: 20_000 })
    const session = await old.widgets.createSession({ agentic_avatar_id: agenticAvatarId })
    parlor.secrets.add(session.session_token)
    expect(await old.widgets.getSession(session.session_id)).toMatchObject({ is_revoked: false, status: 'active' })
    expect(await old.widgets.deleteSession(session.session_id)).toMatchObject({ success: true })
    expect(await old.validateKey()).toMatchObject({ valid: true })
    expect(await old.apiKeys.validate()).toMatchObject({ valid: true })
    expect(await old.testConnection()).toMatchObject({ version: expect.any(String) })
    expect((await old.apiKeys.list()).length).toBeGreaterThan(0)
    expect((await old.agenticAvatars.list({ page: 1, limit: 1 }))[0]).toMatchObject({ id: agenticAvatarId })
    const [voice, avatar, brain] = [
      (await old.voices.list({ scope: 'all' }))[0],
      (await old.avatars.list())[0],
      (await old.brains.list())[0],
    ]
    expect(await old.voices.get(voice?.id ?? '')).toEqual(voice)
    expect(await old.avatars.get(avatar?.id ?? '')).toEqual(avatar)
    expect(await old.brains.get(brain?.id ?? '')).toEqual(brain)
    const base = (await old.knowledgeBases.list())[0]
    expect(await old.knowledgeBases.get(base?.id ?? '')).toEqual(base)
    await expect(old.agenticAvatars.get(nobody)).rejects.toMatchObject({
      name: 'KonProError',
      status: 404,
      data: { error: { code: 'NOT_FOUND' } },
    })
    expect(() => new KonProSDK('')).toThrow('API key')
  })

  test('models go to the wire and back', () => {
    const create = { agenticAvatarId, userMetadata: { userId: 1 }, more: true }
    expect(instanceOfWidgetSessionCreate(create)).toBe(true)
    expect(instanceOfWidgetSessionCreate({ audioOnly: true })).toBe(false)
    expect(JSON.parse(JSON.stringify(WidgetSessionCreateToJSON(create)))).toEqual({
      agentic_avatar_id: agenticAvatarId,
      user_metadata: { userId: 1 },
    })
    const wire = { id: 'a', name: 'A', gender: 'f', occupation: 'guide', cdn_url: '/a', preview_image: null, extra: 1 }
    expect(AvatarResponseFromJSON({ ...wire, created_at: '2026-03-01T12:00:00Z' })).toEqual({
      id: 'a',
      name: 'A',
      gender: 'f',
      occupation: 'guide',
      cdnUrl: '/a',
      createdAt: new Date('2026-03-01T12:00:00Z'),
    })
  })
})
