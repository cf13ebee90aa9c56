import type { TranscriptMessage } from '@parlor/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Nodes, openNodes } from './testing/open-nodes.ts'
import { answered, durable, isAnswered, settled, transcriptOf, until } from './testing/read-talk.ts'
import { type Visit, visit } from './testing/visit.ts'

let nodes: Nodes

/** A visitor who was here once and left. */
async function known() {
  const { token } = await nodes.house.session()
  const first = await visit(nodes.a.url, token)
  first.socket.terminate()
  await first.closed
  const { visitor } = first.ready
  return (url: string) => visit(url, token, { hello: { visitor, resume: { last_seq: 0 } } })
}
const isOpen = ({ socket }: Visit) => socket.readyState === socket.OPEN

describe.each(['sqlite', 'postgres'] as const)('over %s', (database) => {
  beforeAll(async () => {
    nodes = await openNodes(4402, { timing: { tickMs: 20, deltaEveryMs: 2, newsMs: 200 } }, database)
  })
  afterAll(() => nodes.close())
  beforeEach(() => {
    nodes.news.mode = 'prompt'
  })

  describe('two connections of one visitor on two nodes', () => {
    it('that come at once: exactly one keeps the line, and goes on keeping it', async () => {
      for (let round = 0; round < 10; round += 1) {
        nodes.news.mode = 'held'
        const come = await known()
        const both = await Promise.all([come(nodes.a.url), come(nodes.b.url)])
        expect(both.filter(isOpen)).toHaveLength(2)
        nodes.news.deliver()
        const code = await Promise.race(both.map(({ closed }) => closed))
        expect(code).toBe(4409)
        const [left] = both.filter(isOpen)
        if (left === undefined) throw new Error('nobody kept the line')
        left.send({ type: 'user.text', id: 'm1', text: 'hello' })
        await left.next('message.end')
        nodes.news.deliver()
        await settled(left)
        left.send({ type: 'bye' })
        await Promise.all(both.map(({ closed }) => closed))
      }
    })

    it('news that come late do not close a line that is newer', async () => {
      const come = await known()
      nodes.news.mode = 'held'
      const there = await come(nodes.b.url)
      there.socket.terminate()
      const back = await come(nodes.a.url)
      nodes.news.deliver()
      await settled(back)
      expect(isOpen(back)).toBe(true)
      back.send({ type: 'bye' })
    })

    it('are both served where no news come, on one log', async () => {
      nodes.news.mode = 'lost'
      const come = await known()
      const both = await Promise.all([come(nodes.a.url), come(nodes.b.url)])
      for (const [n, one] of [...both, ...both].entries()) {
        one.send({ type: 'user.text', id: `m${n}`, text: 'hello' })
        await one.next('message.end', ({ response }) => response === n + 1)
      }
      expect(both.map((one) => durable(one.events).map(({ seq }) => seq))).toEqual([
        Array.from({ length: 9 }, (_, n) => n + 1),
        Array.from({ length: 12 }, (_, n) => n + 1),
      ])
      for (const one of both) one.socket.terminate()
    })

    it('a node whose own news got lost listens to others again after a while', async () => {
      const come = await known()
      nodes.news.mode = 'lost'
      const old = await come(nodes.a.url)
      nodes.news.mode = 'prompt'
      await new Promise((resolve) => setTimeout(resolve, 250))
      const newer = await come(nodes.b.url)
      expect(await old.closed).toBe(4409)
      newer.send({ type: 'bye' })
    })
  })

  describe('whatever connections, nodes and news do', () => {
    it('nothing is lost, nothing is told twice, and every question has one answer', async () => {
      const plan = fc.array(
        fc.record({
          words: fc.integer({ min: 1, max: 30 }),
          after: fc.integer({ min: 0, max: 10 }),
          happens: fc.constantFrom('interrupt', 'cut', 'leave open'),
          news: fc.constantFrom('prompt' as const, 'held' as const, 'lost' as const),
          node: fc.constantFrom('a' as const, 'b' as const),
        }),
        { minLength: 1, maxLength: 5 },
      )
      await fc.assert(fc.asyncProperty(plan, wander), { numRuns: database === 'sqlite' ? 60 : 25 })
    }, 60_000)
  })
})

interface Step {
  words: number
  after: number
  happens: 'interrupt' | 'cut' | 'leave open'
  news: Nodes['news']['mode']
  node: 'a' | 'b'
}

async function wander(steps: Step[]): Promise<void> {
  const { token } = await nodes.house.session()
  const told: Visit['events'] = []
  const all: Visit[] = []
  let guest: Visit & { ready: { visitor: { id: string; resume_key: string } } } = await visit(nodes.a.url, token)
  const { visitor } = guest.ready
  for (const [n, { words, after, happens, news, node }] of steps.entries()) {
    nodes.news.mode = news
    const question = { type: 'user.text', id: `m${n}`, text: `words ${words}` } as const
    guest.send(question)
    const before = guest.events.length
    await until(() => guest.events.length >= before + after || isAnswered(guest.events.slice(before)))
    if (happens === 'interrupt') guest.send({ type: 'interrupt' })
    else {
      // A client whose line is lost knows what it had by then; the node may not have noticed.
      told.push(...guest.events)
      all.push(guest)
      if (happens === 'cut') guest.socket.terminate()
      const last_seq = durable(told).at(-1)?.seq ?? 0
      guest = await visit(nodes[node].url, token, { hello: { visitor, resume: { last_seq } } })
      guest.send(question)
    }
    if (news === 'held' && n % 2 === 0) nodes.news.deliver()
    await until(() => answersIn([...told, ...guest.events]) === n + 1)
  }
  await settled(guest)
  const fresh = durable([...told, ...guest.events])
  expect(fresh.map(({ seq }) => seq)).toEqual(fresh.map((_, at) => at + 1))
  expect(answered(fresh)).toEqual(steps.map((_, n) => n + 1))
  const stored = await nodes.house.stores.transcripts.listMessages(visitor.id)
  expect(transcriptOf(fresh)).toEqual(stored.map(({ role, text }: TranscriptMessage) => ({ role, text })))
  expect(stored.map(({ role }) => role)).toEqual(steps.flatMap(() => ['visitor', 'agent']))
  for (const one of [...all, guest]) one.socket.terminate()
  await until(() => nodes.all.every(({ live }) => live.counts().replies === 0))
}

const answersIn = (events: Visit['events']) =>
  new Set(events.flatMap((one) => (one.type === 'message.end' ? [one.id] : []))).size
