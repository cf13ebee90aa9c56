import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveKitServer, startLiveKit } from '../harness/start-livekit.ts'
import { type AvatarSession, useMeeting, whyNoLiveKit } from './meeting.ts'
import { customersToken } from './sign-for-livekit.ts'

describe("a media server of the customer's own", () => {
  let own: LiveKitServer
  beforeAll(async () => {
    if ((await whyNoLiveKit()) === null) own = await startLiveKit({ opensRoomsByItself: true })
  })
  afterAll(() => own?.[Symbol.asyncDispose]())
  const meeting = useMeeting()
  const wish = (host: object) => ({
    name: 'At home',
    avatar: { id: meeting.avatarId },
    agent: { id: meeting.agentId },
    host,
  })

  test('is refused where it points inward, unless the operator allowed it', async () => {
    const host = { serverUrl: own.url, accessToken: customersToken(own, 'mira', 'their-room') }
    const refused = await meeting.parlor.request('POST', '/v3/sessions', wish(host))
    expect(refused.status).toBe(400)
    expect(refused.text).not.toContain(host.accessToken)
  })

  test('is refused with a token that opens no room', async () => {
    const host = { serverUrl: 'wss://media.example', accessToken: 'x.y.z' }
    expect((await meeting.parlor.request('POST', '/v3/sessions', wish(host))).status).toBe(400)
  })
})

describe("an allowed media server of the customer's own", () => {
  let own: LiveKitServer
  const env: Record<string, string> = {}
  beforeAll(async () => {
    if ((await whyNoLiveKit()) !== null) return
    own = await startLiveKit({ opensRoomsByItself: true })
    env.PARLOR_ALLOW_PRIVATE_HOSTS = new URL(own.url).host
  })
  afterAll(() => own?.[Symbol.asyncDispose]())
  const meeting = useMeeting(env)

  test('is joined with the token that was given, which nobody sees again, until the session ends', async () => {
    const accessToken = customersToken(own, meeting.identity, 'their-room')
    const made = await meeting.parlor.request<AvatarSession>('POST', '/v3/sessions', {
      name: 'At home',
      avatar: { id: meeting.avatarId },
      agent: { id: meeting.agentId },
      consumerIdentity: { identity: 'someone', name: 'Someone' },
      host: { serverUrl: own.url, accessToken },
    })
    expect(made.status).toBe(201)
    expect(made.body.session.host).toEqual({ serverUrl: own.url })
    const guest = await meeting.openPage()
    expect(await guest.join({ url: own.url, token: customersToken(own, 'someone', 'their-room') })).toBeNull()
    await guest.sees(meeting.identity)
    await guest.hears('caption', 'Welcome to the museum')
    for (const path of [`/v3/sessions/${made.body.session.id}`, '/v3/sessions']) {
      expect((await meeting.parlor.request('GET', path)).text).not.toContain(accessToken)
    }
    expect(meeting.parlor.output()).not.toContain(accessToken)
    expect((await meeting.stop(made.body.session.id)).status).toBe(200)
    await expect.poll(() => guest.call('people'), { timeout: 5000 }).toEqual([])
    expect(await guest.call('isConnected')).toBe(true)
  })
})
