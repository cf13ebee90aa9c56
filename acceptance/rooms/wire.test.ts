import { describe, expect, test } from 'vitest'
import type { Answer } from '../harness/http-client.ts'
import { type AvatarSession, consumer, onePixel, useMeeting } from './meeting.ts'

interface Thing {
  id: string
  name: string
  instructions?: string
}
interface List {
  skip: number
  take: number
  total: number
  sessions: AvatarSession['session'][]
  avatars: Thing[]
  agents: Thing[]
}

const inline = {
  avatar: { identity: 'nova', name: 'Nova', refImage: onePixel, agentId: null },
  agent: { provider: 'gemini', name: 'Helper', instructions: 'Be brief.' },
}

describe('the avatar wire, with rooms behind it', () => {
  const meeting = useMeeting()
  const send = <Body = AvatarSession>(method: string, path: string, body?: unknown, headers = {}) =>
    meeting.parlor.request<Body>(method, path, body, headers)
  const wish = (more: object = {}) => ({
    name: 'A visit',
    avatar: { id: meeting.avatarId },
    agent: { id: meeting.agentId },
    consumerIdentity: consumer,
    ...more,
  })
  const stopAll = async () => {
    const { body } = await send<List>('GET', '/v3/sessions?take=50')
    for (const { id, endedAt } of body.sessions) if (!endedAt) await meeting.stop(id)
  }

  test('Q1: a session of an avatar and an agent that exist names both', async () => {
    const made = await send('POST', '/v3/sessions', wish())
    expect(made.status).toBe(201)
    expect(made.body.session.avatar.id).toBe(meeting.avatarId)
    expect(made.body.session.agentId).toBe(meeting.agentId)
    expect(await meeting.rooms()).toHaveLength(1)
    await stopAll()
  })

  test('Q2: an avatar and an agent made inline exist afterwards', async () => {
    const made = await send('POST', '/v3/sessions', wish(inline))
    const { avatar, agentId } = made.body.session
    expect((await send<Thing>('GET', `/v3/avatars/${avatar.id}`)).body).toMatchObject({ name: 'Nova' })
    expect((await send<Thing>('GET', `/v3/agents/${agentId}`)).body).toMatchObject({ instructions: 'Be brief.' })
    await stopAll()
  })

  test('Q3, Q5: nobody to meet is refused, and a remote agent gets a token only where one is named', async () => {
    const refused = await send<{ message: string }>('POST', '/v3/sessions', wish({ consumerIdentity: undefined }))
    expect(refused.status).toBe(400)
    expect(refused.body.message).toContain('consumerIdentity')
    const plain = await send('POST', '/v3/sessions', wish())
    expect(plain.body.remoteAgentAccessToken).toBeUndefined()
    const remoteAgentConnectingIdentity = { identity: 'their-agent', name: 'Theirs' }
    const remote = await send('POST', '/v3/sessions', wish({ remoteAgentConnectingIdentity }))
    expect(remote.body.remoteAgentAccessToken).toMatch(/^eyJ/)
    await stopAll()
  })

  test('Q9: the first stop answers the session, every other one null, and a foreign session goes on', async () => {
    const made = await send('POST', '/v3/sessions', wish())
    const { id } = made.body.session
    const stranger = await makeAccount('stranger')
    const foreign = await send('PATCH', `/v3/sessions/${id}/stop`, undefined, { 'x-api-key': stranger })
    expect([foreign.status, foreign.text]).toEqual([200, 'null'])
    expect((await meeting.read(id)).endedAt ?? null).toBeNull()
    expect((await meeting.stop(id)).body?.endedAt).toBeTruthy()
    for (const which of [id, '0198c0de-0000-7000-8000-000000000000', 'nonsense']) {
      const again = await meeting.stop(which)
      expect([again.status, again.text]).toEqual([200, 'null'])
    }
  })

  test('Q11, Q12: a list is cut by take and skip, counts all, and filters by client exactly', async () => {
    for (const client of ['acme', 'acme', 'Acme']) await send('POST', '/v3/sessions', wish({ client }))
    const whole = await send<List>('GET', '/v3/sessions?client=acme')
    expect(whole.body).toMatchObject({ take: 20, skip: 0, total: 2 })
    const second = await send<List>('GET', '/v3/sessions?client=acme&take=1&skip=1')
    expect(second.body).toMatchObject({ take: 1, skip: 1, total: 2 })
    expect(second.body.sessions.map(({ id }) => id)).toEqual([whole.body.sessions[1]?.id])
    // As the documents' own example asks.
    const odd = await send<List>('GET', '/v3/sessions?take=8.14&skip=8.14&client=acme')
    expect(odd).toMatchObject({ status: 200, body: { take: 8, skip: 8, total: 2 } })
    await stopAll()
  })

  test('Q7, Q13, Q14, Q25: limits are null, then bind, and a suspended account makes nothing', async () => {
    const key = await makeAccount('limited')
    const as = { 'x-api-key': key }
    const asked = { ...wish(inline) }
    expect((await send('GET', '/v3/limits', undefined, as)).text).toBe('null')
    await setAccount('limited', { concurrency: 1, max_duration: 120 })
    expect((await send('GET', '/v3/limits', undefined, as)).body).toMatchObject({
      concurrent: 1,
      duration: 120,
      suspended: false,
    })
    expect((await send('POST', '/v3/sessions', { ...asked, maxDuration: 121 }, as)).status).toBe(400)
    const first = await send('POST', '/v3/sessions', asked, as)
    expect(first.body.session.maxDuration).toBe(120)
    expect((await send('POST', '/v3/sessions', asked, as)).status).toBe(429)
    await send('PATCH', `/v3/sessions/${first.body.session.id}/stop`, undefined, as)
    const second = await send('POST', '/v3/sessions', asked, as)
    expect(second.status).toBe(201)
    await setAccount('limited', { suspended: true })
    expect((await send('POST', '/v3/sessions', asked, as)).status).toBe(403)
    await expect.poll(() => meeting.rooms()).toEqual([])
  })

  test('Q15: a key that was disabled makes nothing more, and what it made goes on', async () => {
    const key = await makeAccount('leaving')
    const as = { 'x-api-key': key }
    const made = await send('POST', '/v3/sessions', wish(inline), as)
    const { body } = await send<{ data: { id: string; name: string }[] }>('GET', '/admin/v1/keys?account=leaving')
    await must(await send('DELETE', `/admin/v1/keys/${body.data[0]?.id}?account=leaving`))
    expect((await send('GET', '/v3/limits', undefined, as)).status).toBe(401)
    expect((await meeting.rooms()).some((name) => name.includes(made.body.session.id))).toBe(true)
  })

  test('Q17, Q18: a pass takes only what exists, and stops only what its key started', async () => {
    const bearer = { 'x-api-key': undefined, authorization: `Bearer ${meeting.clientKey}` }
    const ask = (more: object) => send('POST', '/v3/session-passes', wish(more), bearer)
    expect((await ask({ avatar: { id: 'unknown' } })).status).toBe(404)
    expect((await ask({ agent: { id: 'unknown' } })).status).toBe(404)
    expect((await ask({ avatar: inline.avatar })).status).toBe(400)
    expect((await ask({ agent: inline.agent })).status).toBe(400)
    expect((await ask({ host: { serverUrl: 'wss://media.example', accessToken: 'x' } })).status).toBe(400)
    const own = await send('POST', '/v3/sessions', wish())
    const path = `/v3/session-passes/${own.body.session.id}/stop`
    expect((await send('PATCH', path, {}, bearer)).text).toBe('null')
    expect((await meeting.read(own.body.session.id)).endedAt ?? null).toBeNull()
    await stopAll()
  })

  test('Q19: template variables fill the greeting once, and what stands in a value stays as it is', async () => {
    const guest = await meeting.openGuest(await meeting.createSession({ templateVars: { visitor: '{{visitor}} 7' } }))
    const greeting = await guest.hears('equos_event', 'Welcome to the museum')
    expect(JSON.stringify(greeting.body)).toMatch(/museum, \W*visitor\W* 7/)
    await stopAll()
  })

  test('Q21, Q22: an archived avatar is hidden for good but not from its sessions; a picture is one', async () => {
    const made = await send('POST', '/v3/sessions', wish(inline))
    const { id } = made.body.session.avatar
    expect((await send<Thing>('DELETE', `/v3/avatars/${id}`)).body).toMatchObject({ id, name: 'Nova' })
    const { body } = await send<List>('GET', '/v3/avatars?take=50')
    expect(body.avatars.some((one) => one.id === id)).toBe(false)
    expect((await meeting.read(made.body.session.id)).avatar.id).toBe(id)
    expect((await send('POST', '/v3/sessions', wish({ avatar: { id } }))).status).toBe(404)
    const picture = (refImage: string) => send('POST', '/v3/avatars', { ...inline.avatar, refImage })
    expect((await picture('https://pictures.example/me.png')).status).toBe(400)
    const large = Buffer.concat([Buffer.from(onePixel.split(',')[1] ?? '', 'base64'), Buffer.alloc(5 * 1024 * 1024)])
    expect((await picture(`data:image/png;base64,${large.toString('base64')}`)).status).toBe(413)
    await stopAll()
  })

  test('Q24: health needs no key', async () => {
    const health = await send('GET', '/v3/health', undefined, { 'x-api-key': undefined })
    expect(health).toMatchObject({ status: 200, body: { status: expect.any(String), version: expect.any(String) } })
  })

  async function makeAccount(name: string): Promise<string> {
    await must(await send('POST', '/admin/v1/accounts', { name }))
    const made = await must(await send<{ key: string }>('POST', '/admin/v1/keys', { account: name, name: 'key' }))
    meeting.parlor.secrets.add(made.key)
    return made.key
  }

  async function setAccount(name: string, change: object): Promise<void> {
    await must(await send('PATCH', `/admin/v1/accounts/${name}`, change))
  }
})

async function must<Body>({ status, body, text }: Answer<Body>): Promise<Body> {
  if (status >= 300) throw new Error(`answered ${status}: ${text}`)
  return body
}
