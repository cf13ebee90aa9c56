import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type AgentControllerGetByIdV3Request,
  AgentsApi,
  Configuration,
  Equos,
  EquosAgentProviderEnum,
  EquosBrowser,
  EquosClient,
  EquosError,
  HealthApi,
  instanceOfEquosSession,
  RequiredError,
  ResponseError,
  SessionPassesApi,
  SessionsApi,
} from '@parlor/sdk/equos'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findLiveKit, type LiveKitServer, startLiveKit } from '../harness/start-livekit.ts'
import { type Parlor, startParlor } from '../harness/start-parlor.ts'

const clientKey = `pk_test_${'c'.repeat(64)}`
const consumerIdentity = { identity: 'visitor-1', name: 'A visitor' }
const onePixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe('the face of the avatar wire', () => {
  let isSkipped: string | null = null
  let livekit: LiveKitServer
  let parlor: Parlor
  let equos: EquosClient
  let configuration: Configuration
  let avatar: { id: string }
  let agent: { id: string }
  beforeAll(async () => {
    const found = await findLiveKit()
    isSkipped = 'reason' in found ? found.reason : null
    if (isSkipped !== null) return console.warn(isSkipped)
    const started = await startLiveKit()
    livekit = started
    parlor = await startParlor({ env: { ...started.env, PARLOR_BOOTSTRAP_CLIENT_KEY: clientKey } })
    configuration = new Configuration({ basePath: parlor.url, apiKey: parlor.key })
    equos = EquosClient.create(parlor.key, { endpoint: parlor.url, clientKey })
    agent = await equos.agents.agentControllerCreateV3({
      createEquosAgentRequest: { provider: EquosAgentProviderEnum.Openai, name: 'Guide', instructions: 'Be kind.' },
    })
    avatar = await equos.avatars.avatarControllerCreateV3({
      createEquosAvatarRequest: { identity: 'mira', name: 'Mira', refImage: onePixel, agentId: agent.id },
    })
  }, 240_000)
  beforeEach(({ skip }) => {
    if (isSkipped !== null) skip(isSkipped)
  })
  afterAll(async () => {
    await parlor?.[Symbol.asyncDispose]()
    await livekit?.[Symbol.asyncDispose]()
  })
  const wish = (more: object = {}) => ({ name: 'A visit', avatar: { id: avatar.id }, consumerIdentity, ...more })

  test('a session is created, read, listed and stopped under the generated names, with dates as dates', async () => {
    const api = new SessionsApi(configuration)
    const client = 'acme & co'
    const made = await api.sessionsControllerCreateV3({
      createEquosSessionRequest: wish({ client, templateVars: { createdAt: '2026-03-01T12:00:00Z' }, maxDuration: 60 }),
    })
    expect(made.consumerAccessToken).toMatch(/^eyJ/)
    const { session } = made
    expect(instanceOfEquosSession(session)).toBe(true)
    expect(session).toMatchObject({
      startedAt: expect.any(Date),
      createdAt: expect.any(Date),
      avatar: { identity: 'mira', createdAt: expect.any(Date) },
      agentId: agent.id,
      maxDuration: 60,
      templateVars: { createdAt: '2026-03-01T12:00:00Z' },
      host: { serverUrl: livekit.url },
    })
    expect(session).not.toHaveProperty('endedAt')
    const { id } = session
    expect((await api.sessionsControllerGetByIdV3({ id })).id).toBe(id)
    const list = await api.sessionsControllerListV3({ take: 8.14, skip: 0, client })
    expect(list).toMatchObject({ skip: 0, total: 1, sessions: [{ id, startedAt: session.startedAt }] })
    expect((await api.sessionsControllerListV3()).take).toBe(20)
    const stopped = await api.sessionsControllerStopV3Raw({ id })
    expect(stopped.raw.status).toBe(200)
    expect(await stopped.value()).toMatchObject({ id, status: 'ended', endedAt: expect.any(Date) })
    expect(await api.sessionsControllerStopV3({ id })).toBeNull()
    expect((await api.sessionsControllerGetByIdV3({ id })).endedAt).toBeInstanceOf(Date)
  })

  test('what the caller passes is what is sent: an avatar and an agent to be made need no agentId', async () => {
    const { session } = await equos.sessions.sessionsControllerCreateV3({
      createEquosSessionRequest: wish({
        avatar: { identity: 'nova', name: 'Nova', refImage: onePixel },
        agent: { provider: 'openai', name: 'Made on the fly' },
      }),
    })
    expect(session.avatar).toMatchObject({ identity: 'nova', name: 'Nova' })
    expect(session.agent).toMatchObject({ name: 'Made on the fly' })
    await equos.sessions.sessionsControllerStopV3({ id: session.id })
  })

  test('a pass goes out with the client key as bearer, and without one nothing goes out (E12)', async () => {
    const pass = { createSessionPassRequest: { ...wish(), agent: { id: agent.id } } }
    const { session } = await equos.sessionPasses.sessionPassesControllerStartV3(pass)
    const passes = new SessionPassesApi(new Configuration({ basePath: parlor.url, accessToken: () => clientKey }))
    expect(await passes.sessionPassesControllerStopV3({ id: session.id })).toMatchObject({ status: 'ended' })
    expect(await passes.sessionPassesControllerStopV3({ id: session.id })).toBeNull()
    const keyless = EquosClient.create(parlor.key, { endpoint: parlor.url })
    await expect(keyless.sessionPasses.sessionPassesControllerStartV3(pass)).rejects.toBeInstanceOf(RequiredError)
    const wrong = new SessionPassesApi(new Configuration({ basePath: parlor.url, accessToken: parlor.key }))
    await expect(wrong.sessionPassesControllerStartV3(pass)).rejects.toMatchObject({ status: 401 })
  })

  test('every other resource is made, listed, read and put away', async () => {
    const brain = await equos.brains.brainControllerCreateV3({
      createEquosBrainRequest: { name: 'B', instructions: 'Be kind.', greetingMessage: 'Hello.', model: 'extractive' },
    })
    const face = await equos.faces.faceControllerCreateV3({ createEquosFaceRequest: { identity: 'emily' } })
    const voice = await equos.voices.voiceControllerCreateV3({
      createEquosVoiceRequest: { name: 'V', description: '', sampleUrl: 'https://files.example/v.mp3', voiceId: 'v-1' },
    })
    const character = await equos.characters.characterControllerCreateV3({
      createEquosCharacterRequest: { name: 'C', livekitIdentity: 'c', brainId: brain.id, faceId: face.id },
    })
    expect(character.brain?.createdAt).toBeInstanceOf(Date)
    const changed = await equos.characters.characterControllerUpdateV3({
      id: character.id,
      updateEquosCharacterRequest: { voiceId: voice.id },
    })
    expect(changed.voiceId).toBe(voice.id)
    expect((await equos.characters.characterControllerListV3({ take: 5 })).characters).toHaveLength(1)
    expect((await equos.characters.characterControllerGetByIdV3({ id: character.id })).name).toBe('C')
    await equos.characters.characterControllerSoftDeleteV3({ id: character.id })
    await equos.brains.brainControllerSoftDeleteV3({ id: brain.id })
    await equos.faces.faceControllerSoftDeleteV3({ id: face.id })
    expect((await equos.voices.voiceControllerSoftDeleteV3({ id: voice.id })).id).toBe(voice.id)
    const base = await equos.knowledgeBases.knowledgeBaseControllerCreateKnowledgeBaseV3({
      createEquosKnowledgeBaseRequest: { name: 'Handbook', description: 'Rules' },
    })
    const announced = await equos.knowledgeBases.knowledgeBaseControllerAddDocumentV3({
      id: base.id,
      createEquosDocumentRequest: { name: 'hours.md', description: '', mimeType: 'text/markdown' },
    })
    const { id: doc } = announced.document
    await fetch(announced.uploadUrl, { method: 'PUT', body: '# Hours\n\nOpen at nine.\n' })
    await equos.knowledgeBases.knowledgeBaseControllerIndexDocumentV3({ id: base.id, doc })
    const read = await equos.knowledgeBases.knowledgeBaseControllerGetByIdV3({ id: base.id })
    expect(read?.documents).toMatchObject([{ id: doc, createdAt: expect.any(Date) }])
    expect((await equos.knowledgeBases.knowledgeBaseControllerListV3()).items).toHaveLength(1)
    await equos.knowledgeBases.knowledgeBaseControllerDeleteDocV3({ id: base.id, doc })
    expect((await equos.knowledgeBases.knowledgeBaseControllerDeleteV3({ id: base.id }))?.id).toBe(base.id)
    const body = { id: 'nobody' } satisfies AgentControllerGetByIdV3Request
    const unknown = await new AgentsApi(configuration).agentControllerGetByIdV3(body)
    expect(unknown).toBeNull()
    const limits = await equos.limits.limitsControllerLimitV3()
    expect(limits === null || limits.createdAt instanceof Date).toBe(true)
    expect(await new HealthApi(new Configuration({ basePath: parlor.url })).healthControllerCheckV3()).toMatchObject({
      status: 'ok',
    })
    expect(equos.getBasePath()).toBe(parlor.url)
  })

  test('a refusal tells response, status, code and message (E19)', async () => {
    const refused = await equos.sessions
      .sessionsControllerGetByIdV3({ id: 'nobody' })
      .catch((error: unknown) => error as ResponseError)
    expect(refused).toBeInstanceOf(ResponseError)
    expect(refused).toMatchObject({ name: 'ResponseError', status: 404, code: expect.stringMatching(/^[A-Z_]+$/) })
    const body = await (refused as ResponseError).response.json()
    expect(body).toMatchObject({ message: (refused as ResponseError).message, code: (refused as ResponseError).code })
  })

  test('the older node client works under v1, with times as text and its own error', async () => {
    const old = Equos.client(parlor.key, { endpoint: parlor.url })
    const { session } = await old.sessions.create(wish({ client: 'a b' }))
    expect(session.startedAt).toMatch(/^\d{4}-/)
    expect(await old.sessions.get(session.id)).toMatchObject({ id: session.id, endedAt: null })
    expect(await old.sessions.list(0, 5, 'a b')).toMatchObject({ skip: 0, take: 5, total: 1 })
    expect((await old.sessions.list()).take).toBe(10)
    expect(await old.sessions.stop(session.id)).toMatchObject({ status: 'ended' })
    expect(await old.sessions.stop(session.id)).toBeNull()
    expect((await old.avatars.list()).avatars[0]).toHaveProperty('identity')
    expect((await old.agents.get(agent.id))?.name).toBe('Guide')
    expect(await old.knowledgeBases.get('nobody')).toBeNull()
    const refused = await old.sessions.get('nobody').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(EquosError)
    expect(refused).toMatchObject({
      name: 'EquosError',
      status: 404,
      code: expect.any(String),
      response: expect.any(Response),
    })
    const nowhere = Equos.client(parlor.key, { endpoint: 'http://127.0.0.1:1' })
    await expect(nowhere.sessions.list()).rejects.toMatchObject({ name: 'EquosError', code: 'NO_ANSWER' })
  })

  test('the browser calls start a pass under either version and stop it', async () => {
    for (const version of ['v1', 'v3']) {
      const browser = new EquosBrowser(clientKey, { endpoint: parlor.url, version })
      browser.setUser('Ada')
      const data = { name: 'A visit', avatar: { id: avatar.id }, agent: { id: agent.id } }
      const { session, consumerAccessToken } = await browser.sessions.start(data)
      expect([session.avatar.identity, consumerAccessToken.slice(0, 3)]).toEqual(['mira', 'eyJ'])
      expect(await browser.sessions.stop(session.id)).toMatchObject({ status: 'ended' })
      expect(await browser.sessions.stop(session.id)).toBeNull()
      await expect(browser.sessions.start({ ...data, avatar: { id: 'nobody' } })).rejects.toThrow(/\(404\)$/)
    }
  })

  test('a page whose first answer is lost makes no second session', async () => {
    await using relay = await loseFirstAnswer(parlor.url)
    const browser = new EquosBrowser(clientKey, { endpoint: relay.url, version: 'v3' })
    browser.setClient('lost-answer')
    const data = { name: 'A visit', avatar: { id: avatar.id }, agent: { id: agent.id } }
    const { session, consumerAccessToken } = await browser.sessions.start(data)
    expect(relay.statuses).toEqual([201, 201])
    expect(consumerAccessToken).toMatch(/^eyJ/)
    const list = await equos.sessions.sessionsControllerListV3({ client: 'lost-answer' })
    expect(list.sessions.map(({ id }) => id)).toEqual([session.id])
    await browser.sessions.stop(session.id)
  })
})

/** A way to a server on which the first answer is lost. `statuses` are those of the server. */
async function loseFirstAnswer(to: string): Promise<AsyncDisposable & { url: string; statuses: number[] }> {
  const statuses: number[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { authorization = '', 'idempotency-key': key = '' } = request.headers
    const answer = await fetch(`${to}${request.url}`, {
      method: request.method ?? 'GET',
      headers: { authorization, 'idempotency-key': String(key), 'content-type': 'application/json' },
      body: Buffer.concat(chunks),
    })
    const text = await answer.text()
    if (statuses.push(answer.status) === 1) return void request.socket.destroy()
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, statuses, [Symbol.asyncDispose]: async () => void server.close() }
}
