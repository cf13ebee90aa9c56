import { afterAll, beforeAll, expect, it } from 'vitest'
import { type House, openHouse } from './testing/open-house.ts'
import { openVisit, refused, visit } from './testing/visit.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(4605, { timing: { tickMs: 20, deltaEveryMs: 5 } })
})
afterAll(() => house.close())

/** Makes one method of a store fail at its next call. */
function breakOnce<S extends object>(store: S, method: keyof S): void {
  const original = store[method]
  Object.assign(store, {
    [method]: () => {
      Object.assign(store, { [method]: original })
      throw new Error('disk on fire at /var/lib/parlor')
    },
  })
}

const internal = expect.objectContaining({ type: 'error', code: 'internal', retryable: true })

it.each(['findProject', 'findAccount'] as const)(
  'a store that fails at %s closes with 4500 and tells nothing of it',
  async (method) => {
    const { token } = await house.session()
    breakOnce(house.stores.accounts, method)
    const { code, events } = await refused(house.url, token)
    expect([code, events]).toEqual([4500, [internal]])
    expect(JSON.stringify(events)).not.toContain('disk')
    expect(house.logged.at(-1)).toMatchObject({ level: 'error', fields: { err: expect.any(Error) } })
    const guest = await visit(house.url, token)
    guest.send({ type: 'bye' })
  },
)

it('a message that could not be stored is not acknowledged, and is taken when it comes again', async () => {
  const { token } = await house.session()
  const guest = await visit(house.url, token)
  breakOnce(house.stores.transcripts, 'append')
  guest.send({ type: 'user.text', id: 'm1', text: 'hello' })
  expect(await guest.closed).toBe(4500)
  expect(guest.events.at(-1)).toEqual(internal)
  expect(guest.events.some(({ type }) => type === 'user.message')).toBe(false)
  const again = await visit(house.url, token, { hello: { visitor: guest.ready.visitor, resume: { last_seq: 0 } } })
  again.send({ type: 'user.text', id: 'm1', text: 'hello' })
  expect(await again.next('message.end')).toMatchObject({ response: 1, finish: 'complete', seq: 3 })
  again.send({ type: 'bye' })
})

it('an answer that could not be stored is given again to the visitor who comes back', async () => {
  const { token } = await house.session()
  const guest = await visit(house.url, token)
  guest.send({ type: 'user.text', id: 'm1', text: 'wait' })
  await guest.next('message.delta')
  breakOnce(house.stores.transcripts, 'append')
  house.brain.release()
  expect(await guest.closed).toBe(4500)
  expect(guest.events.some(({ type }) => type === 'message.end')).toBe(false)
  const again = await visit(house.url, token, { hello: { visitor: guest.ready.visitor, resume: { last_seq: 2 } } })
  await again.next('message.delta', ({ text }) => text !== '')
  house.brain.release()
  expect(await again.next('message.end')).toMatchObject({ response: 1, seq: 3, text: 'First half. Second half.' })
  again.send({ type: 'bye' })
})

it('a visitor who says hello twice is told to say it once', async () => {
  const { token } = await house.session()
  const guest = await visit(house.url, token)
  guest.send({ type: 'hello', v: 1, token })
  expect(await guest.closed).toBe(4400)
})

it('a connection lost while hello is answered leaves nothing behind', async () => {
  const { token, session } = await house.session()
  const { sessions } = house.stores
  const original = sessions.findSession
  const guest = openVisit(house.url)
  await guest.opened
  sessions.findSession = async (id) => {
    guest.socket.terminate()
    while (house.live.counts().sockets > 0) await new Promise((resolve) => setTimeout(resolve, 2))
    sessions.findSession = original
    return original.call(sessions, id)
  }
  guest.send({ type: 'hello', v: 1, token })
  await guest.closed
  while (house.live.counts().sessions > 0 || sessions.findSession !== original) {
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(house.live.counts()).toEqual({ sockets: 0, sessions: 0, visitors: 0, replies: 0 })
  expect((await sessions.findSession(session.id))?.state).toBe('issued')
})
