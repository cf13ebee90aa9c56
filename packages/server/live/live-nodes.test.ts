import { answerId } from '@parlor/conversation/turn'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Nodes, openNodes } from './testing/open-nodes.ts'
import { durable, expectWholeText, settled, until } from './testing/read-talk.ts'
import { visit } from './testing/visit.ts'

let nodes: Nodes

/** A visitor of node A whose question `wait` is half answered there. */
async function asking() {
  const { token } = await nodes.house.session()
  const first = await visit(nodes.a.url, token)
  first.send({ type: 'user.text', id: 'm1', text: 'wait' })
  await first.next('message.delta')
  const { visitor } = first.ready
  const move = (url: string, lastSeq: number) =>
    visit(url, token, { hello: { visitor, resume: { last_seq: lastSeq } } })
  return { first, token, visitor, move }
}
const stored = (visitorId: string) => nodes.house.stores.transcripts.listMessages(visitorId)

describe.each(['sqlite', 'postgres'] as const)('over %s', (database) => {
  beforeAll(async () => {
    nodes = await openNodes(4400, { timing: { tickMs: 20, deltaEveryMs: 2, newsMs: 300 } }, database)
  })
  afterAll(() => nodes.close())
  beforeEach(() => {
    nodes.news.mode = 'prompt'
  })

  describe('a visitor who comes to another node', () => {
    it('finds the old line closed as replaced, and its question answered here alone', async () => {
      const { first, visitor, move } = await asking()
      const second = await move(nodes.b.url, 1)
      expect(await first.closed).toBe(4409)
      expect(first.events.at(-1)).toEqual({ type: 'ended', reason: 'replaced', code: 4409 })
      await until(() => nodes.a.live.counts().replies === 0)
      await second.next('message.delta', ({ text }) => text !== '')
      for (const { brain } of nodes.all) brain.release()
      expect(await second.next('message.end')).toMatchObject({ response: 1, text: 'First half. Second half.' })
      expect(durable(second.events).map(({ seq, type, replay }) => [seq, type, replay])).toEqual([
        [2, 'message.start', true],
        [3, 'message.end', undefined],
      ])
      expectWholeText(second.events)
      expect(await stored(visitor.id)).toHaveLength(2)
      second.send({ type: 'bye' })
    })

    it.each(['detached', 'open'] as const)(
      'is told the answer of the old node, whose line is still %s, when that is stored first',
      async (old) => {
        nodes.news.mode = 'lost'
        const { first, visitor, move } = await asking()
        if (old === 'detached') first.socket.terminate()
        const second = await move(nodes.b.url, 2)
        await second.next('message.delta', ({ text }) => text !== '')
        nodes.a.brain.release()
        await until(async () => (await stored(visitor.id)).length === 2)
        nodes.b.brain.release()
        const end = await second.next('message.end')
        expect(end).toMatchObject({ seq: 3, id: answerId(1), finish: 'complete' })
        await settled(second)
        expect(second.events.at(-2)).toEqual({ type: 'state', agent: 'idle' })
        if (old === 'open') expect(await first.next('message.end')).toMatchObject({ seq: 3, at: end.at })
        expect([await stored(visitor.id), durable(second.events)]).toMatchObject([{ length: 2 }, { length: 1 }])
        for (const one of [first, second]) one.socket.terminate()
      },
    )

    it('is told nothing again when the old node finishes second', async () => {
      nodes.news.mode = 'lost'
      const { first, visitor, move } = await asking()
      const second = await move(nodes.b.url, 2)
      await second.next('message.delta', ({ text }) => text !== '')
      nodes.b.brain.release()
      const end = await second.next('message.end')
      nodes.a.brain.release()
      // The old line shows what stands in the log, too.
      expect(await first.next('message.end')).toEqual(end)
      second.send({ type: 'user.text', id: 'm2', text: 'and now?' })
      expect(await second.next('message.end', ({ response }) => response === 2)).toMatchObject({ seq: 6 })
      expect(durable(second.events).map(({ seq }) => seq)).toEqual([3, 4, 5, 6])
      expect(await stored(visitor.id)).toHaveLength(4)
      for (const one of [first, second]) one.socket.terminate()
    })

    it('sees a message answered once that the old node stored after it had left', async () => {
      nodes.news.mode = 'lost'
      const { token } = await nodes.house.session()
      const first = await visit(nodes.a.url, token)
      const { visitor } = first.ready
      const { transcripts } = nodes.a.ports
      const append = transcripts.append
      let open = () => {}
      const gate = new Promise<void>((resolve) => {
        open = resolve
      })
      let hasBegun = false
      transcripts.append = async (...args) => {
        hasBegun = true
        await gate
        return append.apply(transcripts, args)
      }
      first.send({ type: 'user.text', id: 'm1', text: 'hello' })
      await until(() => hasBegun)
      first.socket.terminate()
      const second = await visit(nodes.b.url, token, { hello: { visitor, resume: { last_seq: 0 } } })
      open()
      await until(async () => (await stored(visitor.id)).length === 2)
      transcripts.append = append
      // It was never acknowledged, so the client sends it again.
      second.send({ type: 'user.text', id: 'm1', text: 'hello' })
      await second.next('user.message', ({ seq }) => seq === 4)
      expect(durable(second.events).map(({ seq, type }) => [seq, type])).toEqual([
        [1, 'user.message'],
        [2, 'message.start'],
        [3, 'message.end'],
        [4, 'user.message'],
      ])
      expect(await stored(visitor.id)).toHaveLength(2)
      second.send({ type: 'bye' })
    })
  })

  describe('what another node wrote', () => {
    it('is told before anything newer, and the question it left open is ended before the next one begins', async () => {
      nodes.news.mode = 'lost'
      const { first, visitor, move } = await asking()
      nodes.a.brain.release()
      await first.next('message.end')
      const second = await move(nodes.b.url, 3)
      // A tab that was left open goes on talking over there.
      first.send({ type: 'user.text', id: 'm2', text: 'wait' })
      await first.next('message.delta', ({ response }) => response === 2)
      second.send({ type: 'user.text', id: 'm3', text: 'over here' })
      await second.next('message.end', ({ response }) => response === 3)
      expect(durable(second.events).map(({ seq, type }) => [seq, type])).toEqual([
        [4, 'user.message'],
        [5, 'message.start'],
        [6, 'message.truncated'],
        [7, 'message.end'],
        [8, 'user.message'],
        [9, 'message.start'],
        [10, 'message.end'],
      ])
      nodes.a.brain.release()
      // What the old node makes of it now comes second.
      expect(await first.next('message.end', ({ response }) => response === 2)).toMatchObject({ finish: 'interrupted' })
      expect(durable(first.events).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
      expect(await stored(visitor.id)).toHaveLength(6)
      for (const one of [first, second]) one.socket.terminate()
    })

    it('is told as a snapshot when its events are forgotten already', async () => {
      nodes.news.mode = 'lost'
      const { first, visitor, move } = await asking()
      nodes.a.brain.release()
      await first.next('message.end')
      const second = await move(nodes.b.url, 3)
      first.send({ type: 'user.text', id: 'm2', text: 'over there' })
      await first.next('message.end', ({ response }) => response === 2)
      await nodes.house.stores.transcripts.pruneEvents(visitor.id, 6)
      second.send({ type: 'user.text', id: 'm3', text: 'over here' })
      await second.next('message.end', ({ response }) => response === 3)
      expect(second.events.filter(({ type }) => type === 'snapshot')).toMatchObject([
        { seq: 6, messages: { length: 4 } },
      ])
      expect(durable(second.events).map(({ seq }) => seq)).toEqual([7, 8, 9])
      for (const one of [first, second]) one.socket.terminate()
    })
  })
})
