import { describe, expect, it } from 'vitest'
import { ParlorError } from '../errors/index.ts'
import { answerOnce, type Once } from './answer-once.ts'
import type { IdempotencyStore } from './idempotency-store.ts'

const scope = { accountId: 'a', projectId: 'p', operation: 'create', key: 'k' }

/** Things that are made under an id, a store of keys, and processes that may die between the two. */
function world() {
  const rows = new Map<string, { body: string; reference: string | null; freeAt: number }>()
  const made = new Set<string>()
  let now = 1000
  const idempotency: IdempotencyStore = {
    async begin(where, body, at, claimUntil) {
      const place = JSON.stringify(where)
      const row = rows.get(place)
      if (row === undefined || row.freeAt <= at) {
        rows.set(place, { body, reference: null, freeAt: claimUntil })
        return { outcome: 'new' }
      }
      if (row.body !== body) return { outcome: 'different' }
      return row.reference === null
        ? { outcome: 'running' }
        : { outcome: 'known', answer: { reference: row.reference } }
    },
    async finish(where, { reference }, keepUntil) {
      const row = rows.get(JSON.stringify(where))
      if (row !== undefined) Object.assign(row, { reference, freeAt: keepUntil })
    },
    async giveUp(where) {
      if (rows.get(JSON.stringify(where))?.reference === null) rows.delete(JSON.stringify(where))
    },
    pruneIdempotency: async () => 0,
  }
  const ports = { idempotency, clock: { now: () => now } }
  let next = 0
  const wish = (run: Once<string>['run']): Once<string> => ({
    scope,
    body: {},
    intends: `id${++next}`,
    run,
    refer: (id) => id,
    recall: async (id) => {
      if (made.has(id)) return id
      throw new ParlorError('conflict')
    },
  })
  const make = async (id: string) => {
    if (made.has(id)) throw new Error('made twice')
    made.add(id)
    return id
  }
  return {
    made,
    pass: (ms: number) => {
      now += ms
    },
    ask: (run: Once<string>['run'] = make) => answerOnce(ports, wish(run)),
    /** Asks in a process that dies in the middle of it. */
    die(run: Once<string>['run']) {
      void answerOnce(
        ports,
        wish(async (id) => {
          await run(id)
          return new Promise<string>(() => {})
        }),
      )
      return new Promise<void>((resolve) => {
        setImmediate(resolve)
      })
    },
    make,
  }
}

describe('a request whose process died', () => {
  it('is answered with what it had made, at once, however often it is asked', async () => {
    const { ask, die, make, made } = world()
    await die(make)
    expect(await ask()).toEqual({ answer: 'id1', replayed: true })
    expect(await ask()).toEqual({ answer: 'id1', replayed: true })
    expect([...made]).toEqual(['id1'])
  })

  it('is given time where nothing is there yet, and then made by one of those who repeat it, under its own id', async () => {
    const { ask, die, pass, made } = world()
    await die(async () => 'nothing')
    await expect(ask()).rejects.toMatchObject({ code: 'conflict' })
    pass(60_000)
    const answers = await Promise.allSettled([ask(), ask(), ask()])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect([...made]).toEqual(['id1'])
    expect(await ask()).toEqual({ answer: 'id1', replayed: true })
  })
})

describe('a request whose store was lost while it was written', () => {
  it('is answered with what was made, or made then', async () => {
    for (const wasMade of [true, false]) {
      const { ask, make, made } = world()
      const lost = ask(async (id) => {
        if (wasMade) await make(id)
        throw new ParlorError('unavailable')
      })
      await expect(lost).rejects.toMatchObject({ code: 'unavailable' })
      expect(await ask()).toEqual({ answer: 'id1', replayed: wasMade })
      expect([...made]).toEqual(['id1'])
    }
  })
})
