import { describe, expect, test } from 'vitest'
import { startParlor } from '../harness/start-parlor.ts'
import { type AvatarSession, consumer, onePixel, useMeeting } from './meeting.ts'

interface Refusal {
  statusCode: number
  code: string
  message: string
}

test('without a media server a session is refused with the names of the settings, and everything else works', async () => {
  await using parlor = await startParlor()
  const avatar = { identity: 'mira', name: 'Mira', refImage: onePixel, agentId: null }
  const agent = { provider: 'openai', instructions: 'Be kind.' }
  const wish = { name: 'A visit', avatar, agent, consumerIdentity: consumer }
  const refused = await parlor.request<Refusal>('POST', '/v3/sessions', wish)
  expect(refused).toMatchObject({ status: 503, body: { statusCode: 503 } })
  for (const name of ['LIVEKIT_URL', 'LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'])
    expect(refused.body.message).toContain(name)
  expect((await parlor.request<{ total: number }>('GET', '/v3/sessions')).body.total).toBe(0)
  expect((await parlor.request<{ total: number }>('GET', '/v3/avatars')).body.total).toBe(0)
  expect((await parlor.request('POST', '/v3/avatars', avatar)).status).toBe(201)
  expect((await parlor.request('GET', '/v3/health')).status).toBe(200)
})

describe('a media server that fails', () => {
  const meeting = useMeeting()
  const wish = () => ({
    name: 'A visit',
    avatar: { id: meeting.avatarId },
    agent: { id: meeting.agentId },
    consumerIdentity: consumer,
  })
  const list = async () =>
    (await meeting.parlor.request<{ sessions: AvatarSession['session'][] }>('GET', '/v3/sessions?take=50')).body
      .sessions

  test('at create: the caller is told, no room and no lease is left, and the record says what happened', async () => {
    await meeting.livekit.kill()
    const refused = await meeting.parlor.request<Refusal>('POST', '/v3/sessions', wish())
    expect(refused.status).toBe(503)
    expect(refused.body.message).toMatch(/media server/i)
    const [session] = await list()
    expect(session).toMatchObject({ status: 'error' })
    expect(session?.endMessage).toMatch(/media server/i)
    await meeting.livekit.start()
    expect(await meeting.rooms()).toEqual([])
    expect((await meeting.parlor.request('POST', '/v3/sessions', wish())).status).toBe(201)
  })

  test('during a session: the avatar comes back when it does, or the session ends and says why', async () => {
    const made = await meeting.createSession()
    const guest = await meeting.openGuest(made)
    await guest.sees(meeting.identity)
    await meeting.livekit.kill()
    await meeting.livekit.start()
    // A media server that was started anew has no rooms: the session has lost its own.
    const over = { timeout: 40_000, interval: 500 }
    await expect.poll(async () => (await meeting.read(made.session.id)).status, over).toMatch(/ended|error/)
    expect((await meeting.read(made.session.id)).endMessage).toBeTruthy()
    expect((await meeting.parlor.request('POST', '/v3/sessions', wish())).status).toBe(201)
  })

  test('at stop: the session ends at once, and its room is gone as soon as the server is back', async () => {
    const made = await meeting.createSession()
    await meeting.livekit.kill()
    const stopped = await meeting.stop(made.session.id)
    expect(stopped).toMatchObject({ status: 200, body: { status: 'ended' } })
    await meeting.livekit.start()
    const left = async () => (await meeting.rooms()).filter((name) => name.includes(made.session.id))
    await expect.poll(left, { timeout: 15_000, interval: 300 }).toEqual([])
  })
})

describe('as many rooms as there may be', () => {
  const meeting = useMeeting({ PARLOR_MAX_ROOMS: '1' })

  test('the next is refused with 429 until one ends', async () => {
    const first = await meeting.createSession()
    const wish = { name: 'Another', avatar: { id: meeting.avatarId }, consumerIdentity: consumer }
    expect((await meeting.parlor.request('POST', '/v3/sessions', wish)).status).toBe(429)
    await meeting.stop(first.session.id)
    expect((await meeting.parlor.request('POST', '/v3/sessions', wish)).status).toBe(201)
  })
})
