import type { EndedSession, EndingFanOut } from '@parlor/core/session'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Nodes, openNodes } from './testing/open-nodes.ts'
import { isAnswered, until } from './testing/read-talk.ts'
import { refused, visit } from './testing/visit.ts'

let nodes: Nodes
/** Endings the first node made and the second one has not heard of. */
let unheard: EndedSession[] = []
const everywhere: EndingFanOut = {
  async sessionEnded(session) {
    unheard.push(session)
    await nodes.a.live.fanOut.sessionEnded(session)
  },
}
beforeEach(() => {
  unheard = []
})

/** What the second node does when it next reads the list of endings. */
async function catchUpEndings(): Promise<void> {
  await Promise.all(unheard.map((session) => nodes.b.live.fanOut.sessionEnded(session)))
}

describe.each(['sqlite', 'postgres'] as const)('over %s', (database) => {
  beforeAll(async () => {
    const limits = { messagesPerSession: 12, tokensPerSession: 500 }
    const timing = { tickMs: 20, deltaEveryMs: 2 }
    nodes = await openNodes(4406, { timing, limits, fanOut: everywhere }, database)
  })
  afterAll(() => nodes.close())

  describe('a limit', () => {
    it('of messages is the same for both nodes at once, and ends the session on both', async () => {
      const { token, session } = await nodes.house.session()
      const guests = await Promise.all([...nodes.all, ...nodes.all].map(({ url }) => visit(url, token)))
      for (let n = 0; n < 3; n += 1) {
        for (const guest of guests) guest.send({ type: 'user.text', id: `m${n}`, text: 'hello' })
        await Promise.all(guests.map((guest) => until(() => isAnswered(guest.events, n + 1))))
      }
      const [here] = guests
      if (here === undefined) throw new Error('nobody came')
      here.send({ type: 'user.text', id: 'm13', text: 'one too many' })
      expect(await here.closed).toBe(4412)
      expect(unheard).toMatchObject([{ id: session.id, reason: 'limit' }])
      await catchUpEndings()
      expect(new Set(await Promise.all(guests.map(({ closed }) => closed)))).toEqual(new Set([4412]))
      for (const { url } of nodes.all) expect((await refused(url, token)).code).toBe(4412)
      const { sessionMessages } = await nodes.house.stores.transcripts.readTail(session.id, here.ready.visitor.id)
      expect(sessionMessages).toBe(12)
    })

    it('is not overrun by many who send at once on both', async () => {
      const { token, session } = await nodes.house.session()
      const guests = await Promise.all(Array.from({ length: 20 }, (_, n) => visit(nodes.all[n % 2]?.url ?? '', token)))
      for (const guest of guests) guest.send({ type: 'user.text', id: 'm1', text: 'hello' })
      await until(() => unheard.length > 0)
      await catchUpEndings()
      await Promise.all(guests.map(({ closed }) => closed))
      const { sessionMessages } = await nodes.house.stores.transcripts.readTail(session.id, 'nobody')
      expect(sessionMessages).toBe(12)
    })

    it('of tokens counts what both nodes used, also for an answer that came second', async () => {
      nodes.news.mode = 'lost'
      const { token, session } = await nodes.house.session()
      const first = await visit(nodes.a.url, token)
      const { visitor } = first.ready
      first.send({ type: 'user.text', id: 'm1', text: 'spend 300' })
      await first.next('message.delta')
      const second = await visit(nodes.b.url, token, { hello: { visitor, resume: { last_seq: 2 } } })
      await second.next('message.delta', ({ text }) => text !== '')
      nodes.b.brain.release()
      await second.next('message.end')
      const tokens = async () => (await nodes.house.stores.transcripts.readTail(session.id, visitor.id)).sessionTokens
      expect(await tokens()).toBe(300)
      nodes.a.brain.release()
      await until(async () => (await tokens()) === 600)
      second.send({ type: 'user.text', id: 'm2', text: 'more' })
      await until(() => unheard.length > 0)
      await catchUpEndings()
      expect(await second.closed).toBe(4412)
      first.socket.terminate()
    })
  })

  describe('an ending made by the socket itself', () => {
    it('goes through the fan-out it is given: an expiry', async () => {
      const { token, session } = await nodes.house.session({ durationSeconds: 3600 })
      nodes.house.advance(session.expiresAt - nodes.house.stores.clock.now() - 300)
      const guest = await visit(nodes.a.url, token)
      expect(await guest.closed).toBe(4410)
      expect(unheard).toMatchObject([{ id: session.id, reason: 'expired' }])
    })

    it('goes through it when a hello finds an expiry', async () => {
      const { token, session } = await nodes.house.session({ durationSeconds: 3600 })
      nodes.house.advance(session.expiresAt - nodes.house.stores.clock.now() + 1)
      expect((await refused(nodes.a.url, token)).code).toBe(4410)
      expect(unheard).toMatchObject([{ id: session.id, reason: 'expired' }])
    })
  })
})
