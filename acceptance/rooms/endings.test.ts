import { describe, expect, test } from 'vitest'
import { useMeeting } from './meeting.ts'

const roomDeleted = 5

describe('the end of an avatar session', () => {
  const meeting = useMeeting()

  test('by a stop puts everybody out, and the same token does not get back in', async () => {
    const made = await meeting.createSession()
    const guest = await meeting.openGuest(made)
    await guest.sees(meeting.identity)
    const stopped = await meeting.stop(made.session.id)
    expect(stopped).toMatchObject({ status: 200, body: { id: made.session.id, status: 'ended' } })
    expect(stopped.body?.endedAt).toBeTruthy()
    expect(await meeting.rooms()).toEqual([])
    await guest.hears('left', String(roomDeleted), 3000)
    const again = await meeting.openPage()
    const at = { url: made.session.host.serverUrl, token: made.consumerAccessToken }
    expect(await again.join(at)).toMatch(/does not exist|not found|404/i)
    expect((await meeting.stop(made.session.id)).text).toBe('null')
    expect((await meeting.read(made.session.id)).status).toBe('ended')
  })

  test('comes by itself after maxDuration, and is told of before', async () => {
    const made = await meeting.createSession({ maxDuration: 14 })
    const guest = await meeting.openGuest(made)
    const notice = await guest.hears('equos_event', '"expire_soon"', 10_000)
    expect(notice.body).toMatchObject({ type: 'expire_soon', seconds_remaining: 10 })
    await guest.hears('left', String(roomDeleted), 14_000)
    const session = await meeting.read(made.session.id)
    expect(session).toMatchObject({ status: 'ended', maxDuration: 14 })
    const lived = Date.parse(session.endedAt ?? '') - Date.parse(session.startedAt)
    expect(lived).toBeGreaterThan(12_000)
    expect(lived).toBeLessThan(15_000)
    const again = await meeting.openPage()
    expect(await again.join({ url: made.session.host.serverUrl, token: made.consumerAccessToken })).not.toBeNull()
  })

  test('comes when everybody has left, and the record says so', async () => {
    const made = await meeting.createSession()
    const guest = await meeting.openGuest(made)
    await guest.sees(meeting.identity)
    await expect.poll(async () => (await meeting.read(made.session.id)).status).toBe('running')
    await guest.call('leave')
    const ended = { timeout: 40_000, interval: 500 }
    await expect.poll(async () => (await meeting.read(made.session.id)).endedAt ?? null, ended).not.toBeNull()
    expect(await meeting.read(made.session.id)).toMatchObject({
      status: 'ended',
      endMessage: expect.stringMatching(/left/),
    })
    expect(await meeting.rooms()).toEqual([])
  })

  test('leaves a token that opens its own room under its own name and nothing else', async () => {
    const made = await meeting.createSession()
    const claims = JSON.parse(Buffer.from(made.consumerAccessToken.split('.')[1] ?? '', 'base64url').toString())
    expect(claims).toMatchObject({ sub: 'visitor-1', name: 'A visitor', video: { roomJoin: true } })
    expect(claims.video.room).toContain(made.session.id)
    expect(claims.video.roomCreate ?? false).toBe(false)
    expect(claims.video.roomAdmin ?? false).toBe(false)
    expect(claims.video.roomList ?? false).toBe(false)
    const endsAt = Date.parse(made.session.startedAt) + (made.session.maxDuration ?? 0) * 1000
    expect(Math.abs(claims.exp * 1000 - endsAt)).toBeLessThan(2000)
    const other = await meeting.createSession()
    await meeting.stop(made.session.id)
    const guest = await meeting.openPage()
    expect(await guest.join({ url: other.session.host.serverUrl, token: made.consumerAccessToken })).not.toBeNull()
  })
})
