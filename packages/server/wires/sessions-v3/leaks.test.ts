import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMeetings } from './testing/meeting-house.ts'
import { pixelUrl } from './testing/neighbour-house.ts'

let meetings: Awaited<ReturnType<typeof openMeetings>>
beforeAll(async () => {
  meetings = await openMeetings()
})
afterAll(() => meetings.close())

const passes = ['/v3', '/v1', '/equos/v3', '/equos/v1'].map((prefix) => `${prefix}/session-passes`)
const guest = { identity: 'visitor', name: 'Vera' }
const bearer = (key: string) => ({ authorization: `Bearer ${key}`, origin: 'https://shop.example' })

describe('an identity nobody could join with', () => {
  it.each([
    ['that is longer than the media server takes', '😀'.repeat(65)],
    ['with half a character', 'mira\ud800'],
    ['with a control character', 'mi\u0000ra'],
  ])('is refused %s', async (_what, identity) => {
    const { roomAvatar, roomAgent } = meetings.house.mine
    const body = { name: 'A visit', avatar: { id: roomAvatar }, agent: { id: roomAgent } }
    const guests = { consumerIdentity: { identity, name: 'Vera' } }
    expect(await meetings.mine('POST', '/v3/sessions', { ...body, ...guests })).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/^consumerIdentity.identity: .*256 bytes/) },
    })
    const look = { identity, name: 'Mira', refImage: pixelUrl, agentId: null }
    expect(await meetings.mine('POST', '/v3/avatars', look)).toMatchObject({ status: 400 })
  })
})

describe('a client key, which everybody has who reads the page', () => {
  it('shows nobody what the agent was told to do', async () => {
    const key = await meetings.makeClientKey()
    const told = { provider: 'openai', name: 'Guide', instructions: 'Never go below 40 euros.', greetingMsg: 'Hello' }
    const agent = (await meetings.mine('POST', '/v3/agents', told)).body
    const look = { identity: 'mira', name: 'Mira', refImage: pixelUrl, agentId: agent.id }
    const avatar = (await meetings.mine('POST', '/v3/avatars', look)).body
    const body = { name: 'A pass', avatar: { id: avatar.id }, agent: { id: agent.id }, consumerIdentity: guest }
    const made = await meetings.anybody('POST', '/v3/session-passes', body, bearer(key))
    const { id } = made.body.session
    const stopped = await meetings.anybody('PATCH', `/v3/session-passes/${id}/stop`, {}, bearer(key))
    for (const session of [made.body.session, stopped.body]) {
      expect(session.agent).toMatchObject({ id: agent.id, greetingMsg: 'Hello' })
      expect(session.avatar.agent.id).toBe(agent.id)
      expect(JSON.stringify(session)).not.toContain('euros')
    }
    expect((await meetings.mine('GET', `/v3/sessions/${id}`)).body.agent.instructions).toBe(told.instructions)
  })

  it('has no more open under four prefixes than under one', async () => {
    const key = await meetings.makeClientKey({ concurrency: 2 })
    const { roomAvatar, roomAgent } = meetings.house.mine
    const body = { name: 'A pass', avatar: { id: roomAvatar }, agent: { id: roomAgent }, consumerIdentity: guest }
    const asked = await Promise.all(
      [...passes, ...passes].map((url) => meetings.anybody('POST', url, body, bearer(key))),
    )
    expect(asked.filter(({ status }) => status === 201)).toHaveLength(2)
    expect(asked.filter(({ status }) => status === 429)).toHaveLength(6)
  })
})
