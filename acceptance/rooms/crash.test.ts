import { describe, expect, test } from 'vitest'
import { type AvatarSession, useMeeting } from './meeting.ts'

describe('a Parlor that is killed', () => {
  const meeting = useMeeting()

  test('after kill -9 with five rooms open, no room outlives its session and the avatars come back to theirs', async () => {
    const lasting: AvatarSession[] = []
    for (let count = 0; count < 3; count++) lasting.push(await meeting.createSession())
    const guest = await meeting.openGuest(lasting[0] as AvatarSession)
    await guest.sees(meeting.identity)
    // Last, or they are over before anything is killed.
    const short = [await meeting.createSession({ maxDuration: 8 }), await meeting.createSession({ maxDuration: 8 })]
    expect(await meeting.rooms()).toHaveLength(5)
    await meeting.parlor.kill()
    await new Promise((resolve) => setTimeout(resolve, 9000))
    await meeting.parlor.restart()

    const soon = { timeout: 15_000, interval: 300 }
    await expect.poll(async () => (await meeting.rooms()).length, soon).toBe(3)
    const { body } = await meeting.parlor.request<{ sessions: AvatarSession['session'][]; total: number }>(
      'GET',
      '/v3/sessions?take=50',
    )
    const statusOf = new Map(body.sessions.map(({ id, status }) => [id, status]))
    for (const { session } of short) expect(statusOf.get(session.id)).toBe('ended')
    for (const { session } of lasting) expect(statusOf.get(session.id)).toMatch(/starting|running/)
    const names = await meeting.rooms()
    for (const { session } of lasting) expect(names.some((name) => name.includes(session.id))).toBe(true)

    await expect.poll(async () => (await guest.call('people')).map(({ identity }) => identity), soon).toEqual(['mira'])
    // What is said before the avatar has its seat again reaches nobody: the media server keeps no messages.
    await guest.hears('equos_event', 'Welcome to the museum')
    await guest.call('say', { text: 'How much is a ticket?', as: 'chat' })
    await guest.hears('equos_event', 'A ticket costs twelve euros.')
    await Promise.all(lasting.map(({ session }) => meeting.stop(session.id)))
    expect(await meeting.rooms()).toEqual([])
  })
})
