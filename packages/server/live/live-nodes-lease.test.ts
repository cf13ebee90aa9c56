import type { TranscriptStore } from '@parlor/conversation/transcript'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Nodes, openNodes } from './testing/open-nodes.ts'
import { durable, settled, transcriptOf, until } from './testing/read-talk.ts'
import { openVisit, visit } from './testing/visit.ts'

let nodes: Nodes

const stored = (visitorId: string) => nodes.house.stores.transcripts.listMessages(visitorId)

/** Holds node A's next append, before it is sent to the store or after it is committed there. */
function holdAppend(where: 'before' | 'after') {
  const { transcripts } = nodes.a.ports
  const original: TranscriptStore['append'] = transcripts.append
  let release = () => {}
  let reached = () => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const isReached = new Promise<void>((resolve) => {
    reached = resolve
  })
  transcripts.append = async (...args) => {
    transcripts.append = original
    const pass = async () => {
      reached()
      await gate
    }
    if (where === 'before') await pass()
    const appended = await original.apply(transcripts, args)
    if (where === 'after') await pass()
    return appended
  }
  return { release, reached: isReached }
}

describe.each(['sqlite', 'postgres'] as const)('over %s', (database) => {
  beforeAll(async () => {
    nodes = await openNodes(4404, { timing: { tickMs: 20, deltaEveryMs: 2 } }, database)
  })
  afterAll(() => nodes.close())
  afterEach(() => {
    for (const { lease } of nodes.all) lease.regain()
  })

  describe('a node that lost its lease', () => {
    it('cuts everybody at once, takes nobody in, and acts on nothing it reads', async () => {
      const { token } = await nodes.house.session()
      const guests = await Promise.all(Array.from({ length: 20 }, () => visit(nodes.a.url, token)))
      const greeting = openVisit(nodes.a.url)
      await greeting.opened
      const [one] = guests
      if (one === undefined) throw new Error('nobody came')
      nodes.a.lease.lose()
      one.send({ type: 'user.text', id: 'm1', text: 'hello' })
      expect(new Set(await Promise.all([...guests, greeting].map(({ closed }) => closed)))).toEqual(new Set([1006]))
      expect(one.events.at(-1)).toMatchObject({ type: 'snapshot' })
      expect(await stored(one.ready.visitor.id)).toEqual([])
      expect(nodes.a.live.counts().visitors).toBe(0)
      await expect(openVisit(nodes.a.url).opened).rejects.toThrow('503')
      nodes.a.lease.regain()
      const { visitor } = one.ready
      const again = await visit(nodes.a.url, token, { hello: { visitor, resume: { last_seq: 0 } } })
      again.send({ type: 'user.text', id: 'm1', text: 'hello' })
      expect(await again.next('message.end')).toMatchObject({ seq: 3 })
      again.send({ type: 'bye' })
    })

    it.each(['before', 'after'] as const)(
      'never acknowledges a message, whether it is lost %s the message is committed; the next node does',
      async (where) => {
        const { token } = await nodes.house.session()
        const guest = await visit(nodes.a.url, token)
        const held = holdAppend(where)
        const asked = nodes.a.brain.asked.length
        guest.send({ type: 'user.text', id: 'm1', text: 'hello' })
        await held.reached
        nodes.a.lease.lose()
        held.release()
        expect(await guest.closed).toBe(1006)
        expect(durable(guest.events)).toEqual([])
        await until(() => nodes.a.live.counts().sessions === 0)
        expect(nodes.a.brain.asked.length).toBe(asked)
        const { visitor } = guest.ready
        const second = await visit(nodes.b.url, token, { hello: { visitor, resume: { last_seq: 0 } } })
        second.send({ type: 'user.text', id: 'm1', text: 'hello' })
        await second.next('message.end')
        await settled(second)
        const events = durable(second.events)
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, n) => n + 1))
        expect(transcriptOf(events).map(({ text }) => text)).toEqual(['hello', 'You asked: hello'])
        expect(await stored(visitor.id)).toHaveLength(2)
        second.send({ type: 'bye' })
      },
    )

    it('stores no message that waited its turn when the lease was lost', async () => {
      const { token } = await nodes.house.session()
      const guest = await visit(nodes.a.url, token)
      const held = holdAppend('before')
      guest.send({ type: 'user.text', id: 'm1', text: 'hello' })
      await held.reached
      guest.send({ type: 'user.text', id: 'm2', text: 'second' })
      await settled(guest)
      nodes.a.lease.lose()
      held.release()
      await guest.closed
      await until(() => nodes.a.live.counts().sessions === 0)
      expect((await stored(guest.ready.visitor.id)).map(({ id }) => id)).toEqual(['m1'])
    })

    it.each([
      ['is being made', 'left'],
      ['is being stored', 'stored'],
    ] as const)('never tells an answer that %s; the visitor has it of the next node', async (_, what) => {
      const { token } = await nodes.house.session()
      const guest = await visit(nodes.a.url, token)
      guest.send({ type: 'user.text', id: 'm1', text: 'wait' })
      await guest.next('message.delta')
      const held = what === 'stored' ? holdAppend('before') : null
      if (held !== null) {
        nodes.a.brain.release()
        await held.reached
      }
      nodes.a.lease.lose()
      held?.release()
      guest.send({ type: 'ping', t: 1 })
      expect(await guest.closed).toBe(1006)
      nodes.a.brain.release()
      await until(() => nodes.a.live.counts().sessions === 0)
      expect(durable(guest.events)).toHaveLength(2)
      const { visitor } = guest.ready
      expect(await stored(visitor.id)).toHaveLength(what === 'stored' ? 2 : 1)
      const second = await visit(nodes.b.url, token, { hello: { visitor, resume: { last_seq: 2 } } })
      if (what === 'left') {
        await second.next('message.delta', ({ text }) => text !== '')
        nodes.b.brain.release()
      }
      expect(await second.next('message.end')).toMatchObject({ seq: 3, text: 'First half. Second half.' })
      expect(await stored(visitor.id)).toHaveLength(2)
      second.send({ type: 'bye' })
    })

    it('tells no warning and stores none', async () => {
      const { token, session } = await nodes.house.session({ durationSeconds: 3600 })
      nodes.house.advance(session.expiresAt - nodes.house.stores.clock.now() - 10_300)
      const guest = await visit(nodes.a.url, token)
      nodes.a.lease.lose()
      expect(await guest.closed).toBe(1006)
      expect((await nodes.house.stores.transcripts.readTail(session.id, guest.ready.visitor.id)).lastSeq).toBe(0)
    })
  })

  describe('a node that leaves', () => {
    it('tells its visitors to move, and the other node goes on with all they had', async () => {
      const guests = await Promise.all(
        ['idle', 'asking', 'talking'].map(async (doing) => {
          const { token } = await nodes.house.session()
          const guest = await visit(nodes.a.url, token)
          if (doing !== 'idle') guest.send({ type: 'user.text', id: 'm1', text: doing === 'asking' ? 'wait' : 'hello' })
          if (doing === 'asking') await guest.next('message.delta')
          if (doing === 'talking') await guest.next('message.end')
          return { guest, token }
        }),
      )
      await nodes.a.live.drain()
      for (const { guest, token } of guests) {
        expect(await guest.closed).toBe(1001)
        const told = durable(guest.events)
        expect(told.at(-1)).toMatchObject({ type: 'notice', code: 'draining' })
        const { visitor } = guest.ready
        const last_seq = told.length
        const second = await visit(nodes.b.url, token, { hello: { visitor, resume: { last_seq } } })
        expect(second.ready.resume).toEqual({ ok: true, gap: false })
        if (told.some(({ type }) => type === 'message.start') && !told.some(({ type }) => type === 'message.end')) {
          await second.next('message.delta', ({ text }) => text !== '')
          nodes.b.brain.release()
          await second.next('message.end')
        }
        second.send({ type: 'user.text', id: 'm2', text: 'still there?' })
        await second.next('message.end', ({ text }) => text.includes('still there?'))
        const all = [...told, ...durable(second.events)]
        expect(all.map(({ seq }) => seq)).toEqual(all.map((_, n) => n + 1))
        const messages = await stored(visitor.id)
        expect(transcriptOf(all)).toEqual(messages.map(({ role, text }) => ({ role, text })))
        second.send({ type: 'bye' })
      }
      await expect(openVisit(nodes.a.url).opened).rejects.toThrow('503')
    })
  })
})
