import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askUpgrade, type House, openHouse, publicOrigin } from './testing/open-house.ts'
import { openVisit, refused, visit } from './testing/visit.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(4600, { timing: { tickMs: 20, helloTimeoutMs: 1_500, brainSilenceMs: 200, deltaEveryMs: 5 } })
})
afterAll(() => house.close())

const error = (code: string) => expect.objectContaining({ type: 'error', code })

describe('the upgrade', () => {
  const upgrade = 'Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'
  const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n'
  it.each([
    ['another path', `GET /v1/rtx HTTP/1.1\r\n${upgrade}${key}`, '404'],
    ['a query', `GET /v1/rt?token=x HTTP/1.1\r\n${upgrade}${key}`, '404'],
    ['another method', `POST /v1/rt HTTP/1.1\r\n${upgrade}${key}`, '405'],
    ['no key', `GET /v1/rt HTTP/1.1\r\n${upgrade}Sec-WebSocket-Version: 13\r\n\r\n`, '400'],
  ])('refuses %s', async (_, head, status) => {
    expect(await askUpgrade(house.port, head)).toContain(status)
  })
})

describe('the first frame', () => {
  it.each([
    ['not JSON', 'hello'],
    ['not an object', '[]'],
    ['without a type', '{}'],
    ['another event', '{"type":"ping","t":1}'],
    ['an unknown event', '{"type":"surprise"}'],
    ['a hello without a token', '{"type":"hello","v":1}'],
    ['too long', JSON.stringify({ type: 'hello', v: 1, token: 'x'.repeat(9000) })],
    ['binary', Buffer.from('{"type":"hello","v":1,"token":"x"}')],
  ])('closes with 4400 after an error when it is %s', async (_, frame) => {
    const guest = openVisit(house.url)
    await guest.opened
    guest.socket.send(frame)
    expect(await guest.closed).toBe(4400)
    expect(guest.events).toEqual([error('invalid_request')])
  })
  it('closes with 4408 when it does not come', async () => {
    expect(await openVisit(house.url).closed).toBe(4408)
  })
  it('closes with 1009 when it is larger than any frame may be', async () => {
    const guest = openVisit(house.url)
    await guest.opened
    guest.socket.send('x'.repeat(129 * 1024))
    expect(await guest.closed).toBe(1009)
  })
})

describe('the token', () => {
  it('opens the session and says who is there', async () => {
    const { token, session } = await house.session()
    const guest = await visit(house.url, token)
    expect(guest.ready).toMatchObject({
      session: session.id,
      features: { voice_input: true, text_input: true, knowledge_base: true },
      agent: { name: 'Ada', greeting: 'Hello!', languages: ['en'] },
      brain: { mode: 'scripted' },
      expires_at: new Date(session.expiresAt).toISOString(),
      resume: { ok: false, gap: false },
    })
    expect(await guest.next('snapshot')).toMatchObject({ seq: 0, messages: [] })
    expect((await house.stores.sessions.findSession(session.id))?.state).toBe('live')
    guest.send({ type: 'bye' })
    expect(await guest.closed).toBe(1000)
  })
  it('closes with 4401 when it is none, cut, or of another kind of session', async () => {
    const { token } = await house.session()
    const chat = await house.session({ kind: 'chat' })
    for (const bad of ['x', `${token}x`, token.slice(0, -3), chat.token]) {
      const { code, events } = await refused(house.url, bad)
      expect([code, events]).toEqual([4401, [error('invalid_token')]])
    }
  })
  it.each([
    ['revoked', 'revoked', 4411],
    ['stopped', 'stopped', 4411],
    ['limit', 'limit', 4412],
    ['failed', 'failed', 4413],
  ] as const)('of a session that ended as %s gets that session’s code', async (reason, told, code) => {
    const { token, session } = await house.session()
    await house.end(session.id, reason)
    expect(await refused(house.url, token)).toEqual({ code, events: [{ type: 'ended', reason: told, code }] })
  })
  it('of a suspended account ends the session as revoked', async () => {
    const { token, session } = await house.session()
    const { account } = house.world
    await house.stores.accounts.updateAccount({ ...account, suspendedAt: Date.now() })
    const { code } = await refused(house.url, token)
    await house.stores.accounts.updateAccount(account)
    expect(code).toBe(4411)
    expect((await house.stores.sessions.findSession(session.id))?.reason).toBe('revoked')
  })
  it('takes one visitor only when it is single-use', async () => {
    const { token } = await house.session({ singleUse: true })
    const first = await visit(house.url, token)
    const { code, events } = await refused(house.url, token)
    expect([code, events]).toEqual([4401, [error('session_bound')]])
    const again = await visit(house.url, token, { hello: { visitor: first.ready.visitor } })
    expect(again.ready.visitor.id).toBe(first.ready.visitor.id)
    again.socket.terminate()
  })
  it('does not let a visitor resume with another’s key, nor in another session', async () => {
    const one = await house.session()
    const two = await house.session()
    const guest = await visit(house.url, one.token)
    const { id, resume_key } = guest.ready.visitor
    for (const [token, visitor] of [
      [one.token, { id, resume_key: '0'.repeat(32) }],
      [two.token, { id, resume_key }],
      [one.token, { id: 'nobody', resume_key }],
    ] as const) {
      const { code, events } = await refused(house.url, token, { hello: { visitor } })
      expect([code, events]).toEqual([4401, [error('invalid_visitor')]])
    }
    guest.socket.terminate()
  })
})

describe('the origin', () => {
  it('of the frame needs the frame’s session to be the token’s own', async () => {
    const { token, session } = await house.session({ domains: ['shop.example'] })
    const thief = await house.session()
    const frame = (named: string | undefined) => ({
      origin: publicOrigin,
      hello: named === undefined ? {} : { session: named },
    })
    for (const named of [undefined, thief.session.id]) {
      const { code, events } = await refused(house.url, token, frame(named))
      expect(code).toBe(4403)
      expect(events).toEqual([
        expect.objectContaining({ code: 'origin_refused', message: expect.stringContaining('frame_session_mismatch') }),
      ])
    }
    expect((await house.stores.sessions.findSession(session.id))?.state).toBe('issued')
    const guest = await visit(house.url, token, frame(session.id))
    guest.socket.terminate()
  })
  it.each([
    ['https://shop.example', true],
    ['https://shop.example:8443', true],
    [undefined, true],
    ['http://shop.example', false],
    ['https://evil.example', false],
    ['https://shop.example.evil.example', false],
    ['null', false],
    ['shop.example', false],
    ['https://shop.example, https://evil.example', false],
    ['http://parlor.test:81', false],
  ] as const)('%s is judged by the session’s list', async (origin, allowed) => {
    const { token, session } = await house.session({ domains: ['shop.example'] })
    const options = origin === undefined ? {} : { origin }
    if (allowed) {
      const guest = await visit(house.url, token, options)
      guest.socket.terminate()
      return
    }
    const { code, events } = await refused(house.url, token, options)
    expect([code, events]).toEqual([4403, [error('origin_refused')]])
    expect((await house.stores.sessions.findSession(session.id))?.state).toBe('issued')
    expect(await house.stores.sessions.listLedger(session.id)).toHaveLength(1)
  })
})

describe('the logs', () => {
  it('hold no token and no resume key', async () => {
    const { token } = await house.session({ domains: ['shop.example'] })
    await refused(house.url, token, { origin: 'https://evil.example' })
    const all = JSON.stringify(house.logged)
    expect(all).toContain('origin_refused')
    expect(all).not.toContain(token)
    expect(all).not.toContain('resume_key')
    expect(house.logged.filter(({ level }) => level === 'error')).toEqual([])
  })
})
