import type { TranscriptStore } from '@parlor/conversation/transcript'
import type { ServerEvent } from '@parlor/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from './testing/open-house.ts'
import { durable, expectWholeText, isAnswered, transcriptOf, until } from './testing/read-talk.ts'
import { refused, visit } from './testing/visit.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(4602, { timing: { tickMs: 20, deltaEveryMs: 2, detachedReplyMs: 1_000 } })
})
afterAll(() => house.close())

describe('a visitor who comes back', () => {
  it('is told what was missed, once, and where the running answer stands', async () => {
    const { token } = await house.session()
    const first = await visit(house.url, token)
    first.send({ type: 'user.text', id: 'm1', text: 'wait' })
    await first.next('message.delta')
    first.socket.terminate()
    const { visitor } = first.ready
    const second = await visit(house.url, token, { hello: { visitor, resume: { last_seq: 1 } } })
    expect(second.ready.resume).toEqual({ ok: true, gap: false })
    expect(await second.next('message.delta')).toEqual({
      type: 'message.delta',
      response: 1,
      i: 0,
      text: 'First half. ',
      replay: true,
    })
    house.brain.release()
    await second.next('message.end')
    expect(durable(second.events).map(({ seq, type, replay }) => [seq, type, replay])).toEqual([
      [2, 'message.start', true],
      [3, 'message.end', undefined],
    ])
    second.send({ type: 'bye' })
  })

  it('gets the whole conversation after a gap, or with a number from the future, or with none', async () => {
    const { token } = await house.session()
    const first = await visit(house.url, token)
    first.send({ type: 'user.text', id: 'm1', text: 'hello' })
    const { seq } = await first.next('message.end')
    first.send({ type: 'ack', seq })
    first.send({ type: 'ping', t: 1 })
    await first.next('pong')
    const { visitor } = first.ready
    for (const [resume, gap] of [
      [{ last_seq: 1 }, true],
      [{ last_seq: 99 }, true],
      [undefined, false],
    ] as const) {
      const again = await visit(house.url, token, { hello: { visitor, ...(resume ? { resume } : {}) } })
      expect(again.ready.resume).toEqual({ ok: false, gap })
      const snapshot = await again.next('snapshot')
      expect(snapshot.seq).toBe(3)
      expect(snapshot.messages.map(({ text }) => text)).toEqual(['hello', 'You asked: hello'])
      again.socket.terminate()
    }
  })

  it('twice at once is served on the newer connection alone', async () => {
    const { token } = await house.session()
    const first = await visit(house.url, token)
    const other = await visit(house.url, token)
    const second = await visit(house.url, token, { hello: { visitor: first.ready.visitor } })
    expect(await first.closed).toBe(4409)
    expect(first.events.at(-1)).toEqual({ type: 'ended', reason: 'replaced', code: 4409 })
    second.send({ type: 'user.text', id: 'm1', text: 'hello' })
    await second.next('message.end')
    expect(other.events.filter(({ type }) => type === 'message.end')).toEqual([])
    for (const one of [second, other]) one.socket.terminate()
  })

  it('too late finds the answer cut', async () => {
    const { token } = await house.session()
    const first = await visit(house.url, token)
    first.send({ type: 'user.text', id: 'm1', text: 'wait' })
    await first.next('message.delta')
    first.socket.terminate()
    await until(async () => (await house.stores.transcripts.listMessages(first.ready.visitor.id)).length === 2)
    const messages = await house.stores.transcripts.listMessages(first.ready.visitor.id)
    expect(messages[1]).toMatchObject({ text: 'First half. ', finish: 'interrupted' })
    await until(async () => house.live.counts().replies === 0)
    house.brain.release()
    const again = await visit(house.url, token, { hello: { visitor: first.ready.visitor, resume: { last_seq: 2 } } })
    expect(await again.next('message.truncated')).toMatchObject({ heard_text: 'First half. ', replay: true })
    again.socket.terminate()
  })

  it('misses nothing that is stored while it is told what it missed', async () => {
    const { token } = await house.session()
    const first = await visit(house.url, token)
    first.send({ type: 'user.text', id: 'm1', text: 'wait' })
    await first.next('message.delta')
    first.socket.terminate()
    const { transcripts } = house.stores
    const original: TranscriptStore['listEvents'] = transcripts.listEvents
    transcripts.listEvents = async (...args) => {
      const events = await original.apply(transcripts, args)
      house.brain.release()
      await new Promise((resolve) => setTimeout(resolve, 20))
      return events
    }
    const { visitor } = first.ready
    const second = await visit(house.url, token, { hello: { visitor, resume: { last_seq: 0 } } })
    transcripts.listEvents = original
    expect(await second.next('message.end')).toMatchObject({ text: 'First half. Second half.', seq: 3 })
    expect(durable(second.events).map(({ seq }) => seq)).toEqual([1, 2, 3])
    second.send({ type: 'bye' })
  })

  it('is answered although the server died after it stored the question', async () => {
    const { token } = await house.session()
    const first = await visit(house.url, token)
    first.send({ type: 'user.text', id: 'm1', text: 'wait' })
    await first.next('message.delta')
    const { visitor } = first.ready
    await house.restart()
    const second = await visit(house.url, token, { hello: { visitor, resume: { last_seq: 2 } } })
    expect(await second.next('message.delta')).toMatchObject({ response: 1, text: '', replay: true })
    second.send({ type: 'user.text', id: 'm1', text: 'wait' })
    await second.next('message.delta', ({ text }) => text !== '')
    house.brain.release()
    expect(await second.next('message.end')).toMatchObject({
      response: 1,
      text: 'First half. Second half.',
      finish: 'complete',
    })
    expect(await house.stores.transcripts.listMessages(visitor.id)).toHaveLength(2)
    second.send({ type: 'bye' })
  })

  it('may speak before ready, and not too much', async () => {
    const { token } = await house.session()
    const first = await visit(house.url, token)
    first.socket.terminate()
    const { visitor } = first.ready
    const rude = await refused(house.url, token, { hello: { visitor }, early: 20 })
    expect(rude.code).toBe(4400)
    const eager = await visit(house.url, token, { hello: { visitor }, early: 1 })
    expect(await eager.next('message.end')).toMatchObject({ text: 'You asked: early 0' })
    eager.send({ type: 'bye' })
  })
})

describe('whatever the connection does', () => {
  it('nothing is lost and nothing is told twice', async () => {
    const plan = fc.array(
      fc.record({
        words: fc.integer({ min: 1, max: 30 }),
        after: fc.integer({ min: 0, max: 10 }),
        happens: fc.constantFrom('interrupt', 'cut', 'interrupt and cut'),
      }),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    await fc.assert(
      fc.asyncProperty(plan, async (questions) => {
        const { token } = await house.session()
        const told: ServerEvent[] = []
        let guest = await visit(house.url, token)
        const { visitor } = guest.ready
        for (const [n, { words, after, happens }] of questions.entries()) {
          const id = `m${n}`
          guest.send({ type: 'user.text', id, text: `words ${words}` })
          const before = guest.events.length
          await until(async () => guest.events.length >= before + after || isAnswered(guest.events.slice(before)))
          if (happens !== 'cut') guest.send({ type: 'interrupt' })
          if (happens !== 'interrupt') {
            guest.socket.terminate()
            await guest.closed
            told.push(...guest.events)
            expectWholeText(guest.events)
            const last_seq = durable(told).at(-1)?.seq ?? 0
            guest = await visit(house.url, token, { hello: { visitor, resume: { last_seq } } })
            // A client that was not acknowledged sends again.
            guest.send({ type: 'user.text', id, text: `words ${words}` })
          }
          await until(async () => isAnswered([...told, ...guest.events], n + 1))
        }
        guest.send({ type: 'bye' })
        await guest.closed
        expectWholeText(guest.events)
        const fresh = durable([...told, ...guest.events])
        expect(fresh.map(({ seq }) => seq)).toEqual(fresh.map((_, at) => at + 1))
        const stored = await house.stores.transcripts.listMessages(visitor.id)
        expect(transcriptOf(fresh)).toEqual(stored.map(({ role, text }) => ({ role, text })))
        expect(stored).toHaveLength(2 * questions.length)
      }),
      { numRuns: 40 },
    )
  }, 30_000)
})
