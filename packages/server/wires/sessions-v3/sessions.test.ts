import { admitVisitor } from '@parlor/core/session'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMeetings } from './testing/meeting-house.ts'
import { pixelUrl } from './testing/neighbour-house.ts'

let meetings: Awaited<ReturnType<typeof openMeetings>>
let mine: typeof meetings.mine
beforeAll(async () => {
  meetings = await openMeetings()
  ;({ mine } = meetings)
})
afterAll(() => meetings.close())

const consumerIdentity = { identity: 'visitor', name: 'Vera' }
const wish = (changes: object = {}) => {
  const { roomAvatar, roomAgent } = meetings.house.mine
  return { name: 'A meeting', avatar: { id: roomAvatar }, agent: { id: roomAgent }, consumerIdentity, ...changes }
}
const create = (changes?: object, headers?: Record<string, string>) =>
  mine('POST', '/v3/sessions', wish(changes), headers)
const make = async (changes?: object) => (await create(changes)).body.session

describe('creating an avatar session', () => {
  it('answers 201 with the session, its parts, and a token for whoever is named (Q1, Q4)', async () => {
    const { status, body, headers } = await create({ client: 'shop', maxDuration: 600 })
    expect(status).toBe(201)
    expect(headers['cache-control']).toBe('no-store')
    const { roomAvatar, roomAgent, accountId } = meetings.house.mine
    expect(body.session).toMatchObject({
      organizationId: accountId,
      name: 'A meeting',
      provider: 'livekit',
      status: 'starting',
      freemium: false,
      host: { serverUrl: 'wss://media.example' },
      client: 'shop',
      maxDuration: 600,
      avatarId: roomAvatar,
      avatar: { id: roomAvatar, identity: 'guide' },
      agentId: roomAgent,
      agent: { id: roomAgent, provider: 'openai' },
      transcript: null,
      endedAt: null,
      endReason: null,
      endMessage: null,
    })
    for (const date of ['startedAt', 'createdAt', 'updatedAt']) expect(Date.parse(body.session[date])).not.toBeNaN()
    expect(body.consumerAccessToken).toMatch(/ of visitor$/)
  })

  it('asks the media server before it writes, opens the room, and grants only then', async () => {
    meetings.desk.asked = []
    const { id } = await make()
    expect(meetings.desk.asked).toEqual(['prepare', `open ${id}`, `grant ${id}`])
  })

  it('counts down from startedAt to the second it ends', async () => {
    const { id, startedAt, maxDuration } = await make({ maxDuration: 90 })
    const session = await meetings.house.composed.stores.sessions.findSession(id)
    expect(Date.parse(startedAt) + maxDuration * 1000).toBe(session?.expiresAt)
  })

  it('grants a remote agent a token when one is named, and none else (Q5)', async () => {
    const remoteAgentConnectingIdentity = { identity: 'robot', name: 'Robot' }
    const { body } = await create({ agent: undefined, remoteAgentConnectingIdentity })
    expect(body.remoteAgentAccessToken).toMatch(/ of robot$/)
    expect(body.session).toMatchObject({ remoteAgentIdentity: 'robot', agent: null })
    expect(body.session).not.toHaveProperty('agentId')
    expect((await create()).body).not.toHaveProperty('remoteAgentAccessToken')
  })

  it('makes what it is given inline, which is there afterwards (Q2)', async () => {
    const avatar = { identity: 'ada', name: 'Ada', refImage: pixelUrl, agentId: null }
    const agent = { provider: 'gemini', instructions: 'Be kind.' }
    const session = await make({ avatar, agent })
    expect(session).toMatchObject({ avatar: { identity: 'ada', name: 'Ada' }, agent })
    expect((await mine('GET', `/v3/avatars/${session.avatarId}`)).body).toMatchObject({ name: 'Ada' })
    expect((await mine('GET', `/v3/agents/${session.agentId}`)).body).toMatchObject(agent)
    const { body } = await mine('GET', '/v3/avatars')
    expect(body.avatars).toContainEqual(expect.objectContaining({ id: session.avatarId }))
  })

  it('takes what an agent is made from nested in config, and drops an id beside it', async () => {
    const { agent } = await make({ agent: { id: 'dropped', provider: 'openai', config: { instructions: 'Nested.' } } })
    expect(agent).toMatchObject({ provider: 'openai', instructions: 'Nested.' })
    expect(agent.id).not.toBe('dropped')
  })

  it('takes the avatar’s own agent where none is named', async () => {
    const own = (await mine('POST', '/v3/agents', { provider: 'openai' })).body.id
    const avatar = { identity: 'ada', name: 'Ada', refImage: pixelUrl, agentId: own }
    const { id } = (await mine('POST', '/v3/avatars', avatar)).body
    expect(await make({ avatar: { id }, agent: undefined })).toMatchObject({ agentId: own })
    expect(await make({ avatar, agent: null })).toMatchObject({ agentId: own })
  })

  it('leaves the speaking to a remote agent where no other is named', async () => {
    const own = (await mine('POST', '/v3/agents', { provider: 'openai' })).body.id
    const avatar = { identity: 'ada', name: 'Ada', refImage: pixelUrl, agentId: own }
    const remoteAgentConnectingIdentity = { identity: 'robot', name: 'Robot' }
    const session = await make({ avatar, agent: undefined, remoteAgentConnectingIdentity })
    expect(session).toMatchObject({ agent: null, avatar: { agentId: own } })
    expect(await make({ avatar, remoteAgentConnectingIdentity })).toMatchObject({
      agentId: meetings.house.mine.roomAgent,
    })
  })

  it('takes a public look, which goes by its id in the room', async () => {
    const look = '00000000-0000-7000-8000-000000000001'
    expect((await make({ avatar: { id: look } })).avatar).toMatchObject({ id: look, identity: look })
  })

  it('shows the customer’s own media server, and its token nowhere (Q6)', async () => {
    const host = { serverUrl: 'wss://theirs.example', accessToken: 'their.secret.token' }
    const made = await create({ host })
    expect(made.body.session.host).toEqual({ serverUrl: host.serverUrl })
    expect(made.body).not.toHaveProperty('consumerAccessToken')
    expect(meetings.desk.given.at(-1)).toEqual(host)
    const answers = [made, await mine('GET', `/v3/sessions/${made.body.session.id}`), await mine('GET', '/v3/sessions')]
    for (const answer of answers) expect(JSON.stringify(answer)).not.toMatch(/their\.secret|sealed/)
  })

  it('keeps facts and template variables, numbers and truth values as the words they are written in', async () => {
    const templateVars = { name: 'Vera', seats: 4, member: true }
    const session = await make({ additionalCtx: 'She likes tea.', templateVars })
    expect(session).toMatchObject({
      additionalCtx: 'She likes tea.',
      templateVars: { name: 'Vera', seats: '4', member: 'true' },
    })
  })

  it('shows the whole knowledge base it was made with (E4, E18)', async () => {
    const { base } = meetings.house.mine
    const session = await make({ knowledgeBase: { id: base } })
    expect(session).toMatchObject({ knowledgeBaseId: base, knowledgeBase: { id: base, name: 'Handbook' } })
    expect(session.knowledgeBase.documents).toHaveLength(1)
  })

  it('lives as long as the account’s limit where nothing is said, and no longer where it is (Q7)', async () => {
    const { stores } = meetings.house.composed
    const account = await stores.accounts.findAccount(meetings.house.mine.accountId)
    if (account === null) throw new Error('there is no account')
    await stores.accounts.updateAccount({ ...account, maxDurationSeconds: 1200 })
    expect(await make()).toMatchObject({ maxDuration: 1200 })
    expect(await create({ maxDuration: 1200 })).toMatchObject({ status: 201 })
    expect(await create({ maxDuration: 1201 })).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/^maxDuration: .*1200/) },
    })
    await stores.accounts.updateAccount(account)
  })

  it('is one for all its addresses (E1, X1)', async () => {
    const { id } = await make()
    for (const prefix of ['/v1', '/equos/v1', '/equos/v3']) {
      expect((await mine('GET', `${prefix}/sessions/${id}`)).body.id).toBe(id)
      expect((await mine('POST', `${prefix}/sessions`, wish())).status).toBe(201)
    }
  })

  it('answers a repeated request with the same session and new tokens', async () => {
    const headers = { 'idempotency-key': 'meeting-once' }
    const [first, again] = [await create({}, headers), await create({}, headers)]
    expect(again.status).toBe(201)
    expect(again.headers['idempotent-replayed']).toBe('true')
    expect(again.body.session).toEqual(first.body.session)
    expect(again.body.consumerAccessToken).not.toBe(first.body.consumerAccessToken)
    expect(await create({ name: 'Another' }, headers)).toMatchObject({ status: 409, body: { code: 'CONFLICT' } })
    await mine('PATCH', `/v3/sessions/${first.body.session.id}/stop`)
    expect(await create({}, headers)).toMatchObject({ status: 409, body: { message: expect.stringMatching(/over/) } })
  })
})

describe('reading avatar sessions', () => {
  it('shows them newest first, twenty unless told otherwise, fifty at most (Q11, Q12)', async () => {
    const client = 'list of its own'
    const ids: string[] = []
    for (let n = 0; n < 3; n += 1) ids.unshift((await make({ client })).id)
    const list = async (query: string) => (await mine('GET', `/v3/sessions?${query}`)).body
    const idsOf = (body: { sessions: { id: string }[] }) => body.sessions.map(({ id }) => id)
    const all = await list(`client=${encodeURIComponent(client)}`)
    expect(all).toMatchObject({ skip: 0, take: 20, total: 3 })
    expect(idsOf(all)).toEqual(ids)
    const part = await list(`client=${encodeURIComponent(client)}&take=1&skip=1`)
    expect(part).toMatchObject({ skip: 1, take: 1, total: 3 })
    expect(idsOf(part)).toEqual([ids[1]])
    expect(await list('take=500')).toMatchObject({ take: 50 })
    expect(await list('client=list')).toMatchObject({ total: 0, sessions: [] })
    expect(await mine('GET', '/v3/sessions?take=many')).toMatchObject({ status: 400 })
  })

  it('shows only this wire’s, and another account’s never', async () => {
    const { id } = await make()
    const widget = await meetings.house.composed.app.inject({
      method: 'POST',
      url: '/v1/widget/sessions',
      headers: { 'x-api-key': meetings.keys.mine },
      payload: { agentic_avatar_id: meetings.house.mine.agent },
    })
    expect(widget.statusCode).toBe(200)
    expect(await mine('GET', `/v3/sessions/${widget.json().session_id}`)).toMatchObject({ status: 404 })
    expect(await mine('PATCH', `/v3/sessions/${widget.json().session_id}/stop`)).toMatchObject({ body: null })
    const own = await mine('GET', '/v3/sessions?take=1')
    expect(own.body.sessions).toMatchObject([{ id }])
    const unknown = await mine('GET', '/v3/sessions/unknown')
    expect(await meetings.theirs('GET', `/v3/sessions/${id}`)).toMatchObject({ status: 404, body: unknown.body })
    const { body } = await meetings.theirs('GET', '/v3/sessions?take=50')
    expect(JSON.stringify(body)).not.toContain(id)
  })

  it('shows what was said, by whom, once something was (Q20)', async () => {
    const { stores } = meetings.house.composed
    const { id } = await make()
    const session = await stores.sessions.findSession(id)
    if (session === null) throw new Error('there is no session')
    const { visitor } = await admitVisitor(stores, session, null)
    const read = async () => (await mine('GET', `/v3/sessions/${id}`)).body
    expect(await read()).toMatchObject({ status: 'running', transcript: null })
    const at = '2026-01-01T10:00:00Z'
    const messages = [
      { id: 'a', role: 'visitor', text: 'When do you open?', at },
      { id: 'b', role: 'agent', text: 'At nine.', at },
    ] as const
    await stores.transcripts.append(id, visitor.id, stores.clock.now(), () => ({ events: [], messages }))
    expect((await read()).transcript).toEqual({
      transcription: [
        { text: 'When do you open?', received_at: at, identity: 'visitor' },
        { text: 'At nine.', received_at: at, identity: 'guide' },
      ],
    })
  })

  it('keeps the identity the avatar had in its room, whatever it is called since', async () => {
    const avatar = { identity: 'ada', name: 'Ada', refImage: pixelUrl, agentId: null }
    const { id, avatarId } = await make({ avatar })
    await mine('PUT', `/v3/avatars/${avatarId}`, { identity: 'eve', name: 'Eve' })
    expect((await mine('GET', `/v3/sessions/${id}`)).body.avatar).toMatchObject({ name: 'Eve', identity: 'ada' })
  })

  it('still shows an avatar and an agent that were archived since (Q21)', async () => {
    const avatar = { identity: 'gone', name: 'Gone', refImage: pixelUrl, agentId: null }
    const { id, avatarId, agentId } = await make({ avatar, agent: { provider: 'openai', name: 'Gone, too' } })
    await mine('DELETE', `/v3/avatars/${avatarId}`)
    await mine('DELETE', `/v3/agents/${agentId}`)
    expect((await mine('GET', `/v3/sessions/${id}`)).body).toMatchObject({
      avatar: { id: avatarId, name: 'Gone' },
      agent: { id: agentId, name: 'Gone, too' },
    })
    expect(await create({ avatar: { id: avatarId } })).toMatchObject({ status: 404 })
    expect(await create({ agent: { id: agentId } })).toMatchObject({ status: 404 })
  })
})

describe('stopping an avatar session', () => {
  it.each(['PATCH', 'POST'] as const)(
    'by %s answers the session once, and null from then on (Q9, E10)',
    async (method) => {
      const { id } = await make()
      const first = await mine(method, `/v3/sessions/${id}/stop`, {})
      expect(first).toMatchObject({
        status: 200,
        body: { id, status: 'ended', endReason: 'stopped', endMessage: null },
      })
      expect(Date.parse(first.body.endedAt)).not.toBeNaN()
      expect(meetings.ended.at(-1)).toBe(id)
      expect(await mine(method, `/v3/sessions/${id}/stop`)).toMatchObject({ status: 200, body: null })
      expect((await mine('GET', `/v3/sessions/${id}`)).body).toEqual(first.body)
    },
  )

  it('answers one of two that come at once', async () => {
    const { id } = await make()
    const stops = await Promise.all([1, 2].map(() => mine('PATCH', `/v3/sessions/${id}/stop`)))
    expect(stops.filter(({ body }) => body !== null)).toHaveLength(1)
  })

  it('answers null for what is not there, what is another’s, and what is of another wire; that goes on (Q9)', async () => {
    const { id } = await make()
    expect(await mine('PATCH', '/v3/sessions/unknown/stop')).toMatchObject({ status: 200, body: null })
    const foreign = await meetings.theirs('PATCH', `/v3/sessions/${id}/stop`)
    expect(foreign).toMatchObject({ status: 200, body: null })
    expect(foreign.headers['content-type']).toMatch(/^application\/json/)
    expect((await mine('GET', `/v3/sessions/${id}`)).body.endedAt).toBeNull()
  })

  it('counts one that lived its time as stopped', async () => {
    const { id, startedAt } = await make({ maxDuration: 60 })
    meetings.pass(60_000)
    const read = async () => (await mine('GET', `/v3/sessions/${id}`)).body
    const lapsed = { status: 'ended', endReason: 'expired' }
    const before = await read()
    expect(before).toMatchObject(lapsed)
    expect(Date.parse(before.endedAt)).toBe(Date.parse(startedAt) + 60_000)
    expect(await mine('PATCH', `/v3/sessions/${id}/stop`)).toMatchObject({ status: 200, body: null })
    expect(await read()).toEqual(before)
  })
})
