import { endSession, findTokenSession, type SessionStore } from '@parlor/core/session'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSweep } from './index.ts'
import { type House, openHouse } from './testing/open-house.ts'
import { openVisit, refused, visit } from './testing/visit.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(4603, { timing: { tickMs: 20, deltaEveryMs: 5, destroyAfterMs: 400 } })
})
afterAll(() => house.close())

describe('the ending of a session', () => {
  it('cuts every connection of it, and no other', async () => {
    const { token, session } = await house.session()
    const stranger = await visit(house.url, (await house.session()).token)
    const guests = await Promise.all(Array.from({ length: 60 }, () => visit(house.url, token)))
    await house.end(session.id)
    expect(house.live.counts().visitors).toBeLessThanOrEqual(61)
    expect(new Set(await Promise.all(guests.map(({ closed }) => closed)))).toEqual(new Set([4411]))
    for (const { events } of guests) expect(events.at(-1)).toEqual({ type: 'ended', reason: 'revoked', code: 4411 })
    await until(() => house.live.counts().sockets === 1)
    expect(house.closedWith).toEqual(guests.map(() => 4411))
    stranger.send({ type: 'ping', t: 1 })
    await stranger.next('pong')
    stranger.send({ type: 'bye' })
    await stranger.closed
    await until(() => house.live.counts().sockets === 0)
    expect(house.live.counts()).toEqual({ sockets: 0, sessions: 0, visitors: 0, replies: 0 })
  })

  it('stops the answer that is being given: nothing more is sent, and it is kept as interrupted', async () => {
    const { token, session } = await house.session()
    const guest = await visit(house.url, token)
    guest.send({ type: 'user.text', id: 'm1', text: 'wait' })
    await guest.next('message.delta')
    await house.end(session.id)
    house.brain.release()
    expect(await guest.closed).toBe(4411)
    expect(guest.events.at(-1)).toMatchObject({ type: 'ended' })
    expect(guest.events.some(({ type }) => type === 'message.end')).toBe(false)
    await until(() => house.live.counts().replies === 0)
    const messages = await house.stores.transcripts.listMessages(guest.ready.visitor.id)
    expect(messages.at(-1)).toMatchObject({ finish: 'interrupted', text: 'First half. ' })
  })

  it('acts on nothing that is read afterwards', async () => {
    const { token, session } = await house.session()
    const guest = await visit(house.url, token)
    const ending = house.end(session.id)
    const busy = setInterval(() => guest.send({ type: 'user.text', id: 'late', text: 'too late' }), 0)
    await ending
    guest.send({ type: 'user.text', id: 'later', text: 'too late' })
    await guest.closed
    clearInterval(busy)
    const { sessionMessages } = await house.stores.transcripts.readTail(session.id, guest.ready.visitor.id)
    expect(house.brain.asked.filter(({ question }) => question === 'too late').length).toBe(sessionMessages)
    expect(await house.stores.transcripts.listMessages(guest.ready.visitor.id)).not.toContainEqual(
      expect.objectContaining({ id: 'later' }),
    )
  })

  it('does not need the client: one that answers nothing is destroyed', async () => {
    const { token, session } = await house.session()
    const guest = await visit(house.url, token)
    guest.socket.pause()
    await house.end(session.id)
    expect(house.live.counts().sockets).toBe(1)
    await until(() => house.live.counts().sockets === 0)
    guest.socket.terminate()
  })

  it('wins against every hello that races it', async () => {
    const { token, session } = await house.session()
    const guests = Array.from({ length: 40 }, () => openVisit(house.url))
    await Promise.all(guests.map(({ opened }) => opened))
    let endedAt = Number.POSITIVE_INFINITY
    for (const [n, guest] of guests.entries()) {
      guest.send({ type: 'hello', v: 1, token })
      if (n === 20) void house.end(session.id).then(() => (endedAt = performance.now()))
      if (n % 4 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    const codes = await Promise.all(guests.map(({ closed }) => closed))
    expect(new Set(codes)).toEqual(new Set([4411]))
    expect(endedAt).toBeLessThan(Number.POSITIVE_INFINITY)
    for (const { events } of guests) expect(events.filter(({ type }) => type === 'ended')).toHaveLength(1)
  })

  it('finds a hello between the reading of its token and its admission', async () => {
    const { sessions } = house.stores
    const { token, session } = await house.session()
    let reads = 0
    const original: SessionStore['findSession'] = sessions.findSession
    sessions.findSession = async (id) => {
      const row = await original.call(sessions, id)
      reads += 1
      await house.end(session.id)
      return row
    }
    try {
      expect((await refused(house.url, token)).code).toBe(4411)
    } finally {
      sessions.findSession = original
    }
    expect(reads).toBeGreaterThan(0)
    expect(await sessions.listLedger(session.id)).toHaveLength(2)
  })
})

describe('the expiry', () => {
  it('is announced and then cuts every connection with 4410', async () => {
    const { token, session } = await house.session({ durationSeconds: 3600 })
    house.advance(session.expiresAt - house.stores.clock.now() - 11_500)
    const guest = await visit(house.url, token)
    const notice = await guest.next('notice')
    expect(notice).toMatchObject({ code: 'expires_soon', seconds_remaining: 10, seq: 1 })
    const again = await visit(house.url, token, { hello: { visitor: guest.ready.visitor, resume: { last_seq: 0 } } })
    expect(await again.next('notice')).toMatchObject({ seq: 1, replay: true })
    house.advance(10_000)
    const stop = startSweep({ ...house.stores, fanOut: house.live.fanOut }, noLogger, 20)
    expect(await again.closed).toBe(4410)
    await stop()
    expect(again.events.at(-1)).toEqual({ type: 'ended', reason: 'expired', code: 4410 })
    expect(await refused(house.url, token)).toMatchObject({ code: 4410 })
    expect((await house.stores.sessions.findSession(session.id))?.reason).toBe('expired')
  })

  it('comes without a sweep where somebody is connected', async () => {
    const { token, session } = await house.session({ durationSeconds: 3600 })
    house.advance(session.expiresAt - house.stores.clock.now() - 1_500)
    const guest = await visit(house.url, token)
    expect(await guest.closed).toBe(4410)
  })
})

describe('a leaving server', () => {
  it('says so, closes with 1001, takes nobody in, and leaves the question to the next one', async () => {
    const { token } = await house.session()
    const guest = await visit(house.url, token)
    guest.send({ type: 'user.text', id: 'm1', text: 'wait' })
    await guest.next('message.delta')
    await house.live.drain()
    expect(await guest.closed).toBe(1001)
    expect(guest.events.at(-1)).toMatchObject({ type: 'notice', code: 'draining', seq: 3 })
    await expect(openVisit(house.url).opened).rejects.toThrow('503')
    await house.restart()
    const { visitor } = guest.ready
    const again = await visit(house.url, token, { hello: { visitor, resume: { last_seq: 3 } } })
    await again.next('message.delta', ({ text }) => text !== '')
    house.brain.release()
    expect(await again.next('message.end')).toMatchObject({ response: 1, finish: 'complete' })
    again.send({ type: 'bye' })
  })
})

describe('core’s verbs', () => {
  it('take the endpoint as their fan-out', async () => {
    const { token } = await house.session({ durationSeconds: 60 })
    const guest = await visit(house.url, token)
    const ports = { ...house.stores, fanOut: house.live.fanOut, signingKeys: house.signingKeys }
    const session = await findTokenSession(ports, token, 'widget')
    await endSession(ports, session.id, 'failed')
    expect(await guest.closed).toBe(4413)
  })
})

const noLogger = { info: () => {}, warn: () => {}, error: () => {} }

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2))
}
