import { describe, expect, test } from 'vitest'
import { type AvatarSession, consumer, useMeeting } from './meeting.ts'

describe('a session pass', () => {
  const meeting = useMeeting()

  test('is started and stopped by a page with a client key alone, from another origin', async () => {
    const guest = await meeting.openPage()
    const call = (method: string, path: string, key: string, body: unknown) =>
      guest.page.evaluate(
        async ([how, where, bearer, wish]) => {
          const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' }
          const answer = await fetch(where, { method: how, headers, body: JSON.stringify(wish) }).catch(() => null)
          return answer === null ? null : { status: answer.status, body: await answer.json() }
        },
        [method, `${meeting.parlor.url}${path}`, key, body] as const,
      )
    const wish = {
      name: 'A visit',
      avatar: { id: meeting.avatarId },
      agent: { id: meeting.agentId },
      consumerIdentity: consumer,
      maxDuration: 60,
    }
    for (const version of ['/v3', '/v1', '/equos/v1']) {
      const made = await call('POST', `${version}/session-passes`, meeting.clientKey, wish)
      expect(made?.status, version).toBe(201)
      const { session, consumerAccessToken = '' } = (made as { body: AvatarSession }).body
      const visitor = await meeting.openPage()
      expect(await visitor.join({ url: session.host.serverUrl, token: consumerAccessToken })).toBeNull()
      await visitor.sees(meeting.identity)
      const stopped = await call('PATCH', `${version}/session-passes/${session.id}/stop`, meeting.clientKey, {})
      expect(stopped).toMatchObject({ status: 200, body: { id: session.id, status: 'ended' } })
      const again = await call('PATCH', `${version}/session-passes/${session.id}/stop`, meeting.clientKey, {})
      expect(again).toEqual({ status: 200, body: null })
    }
    expect(await call('POST', '/v3/session-passes', meeting.parlor.key, wish)).toMatchObject({ status: 401 })
    // The routes of a secret key are not for pages: the browser itself refuses.
    expect(await call('POST', '/v3/sessions', meeting.clientKey, wish)).toBeNull()
    const own = await meeting.createSession()
    expect(await call('PATCH', `/v3/session-passes/${own.session.id}/stop`, meeting.clientKey, {})).toEqual({
      status: 200,
      body: null,
    })
    expect((await meeting.read(own.session.id)).status).not.toBe('ended')
  })
})
