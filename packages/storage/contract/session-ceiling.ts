import { end, type Session } from '@parlor/core/session'
import { expect } from 'vitest'
import type { ContractCase, Stores } from './contract-case.ts'
import { issuedEntry, sampleSession } from './samples.ts'

const insert = (
  { sessions }: Stores,
  session: Session,
  account: number | null,
  key: number | null = null,
): Promise<void> => sessions.insertSession(session, issuedEntry(session), { account, key })

const reached = { code: 'concurrency_reached' }

/** How many sessions an account may have open at once. */
export const sessionCeilingCases: readonly ContractCase[] = [
  {
    name: 'of many creations at once, exactly as many as the ceiling allows succeed, and the others leave nothing',
    run: async ({ stores, clock }) => {
      const made = Array.from({ length: 10 }, () => sampleSession(clock.now()))
      const settled = await Promise.allSettled(made.map((session) => insert(stores, session, 3)))
      const refused = settled.filter((one) => one.status === 'rejected')
      expect(refused).toHaveLength(7)
      for (const { reason } of refused) expect(reason).toMatchObject(reached)
      const found = await Promise.all(made.map((session) => stores.sessions.findSession(session.id)))
      expect(found.filter((session) => session !== null)).toHaveLength(3)
      const ledgers = await Promise.all(made.map((session) => stores.sessions.listLedger(session.id)))
      expect(ledgers.flat()).toHaveLength(3)
    },
  },
  {
    name: 'a ceiling counts neither ended sessions, nor those past their expiry, nor other accounts',
    run: async ({ stores, clock }) => {
      const mine = () => sampleSession(clock.now())
      const [first, second] = [mine(), { ...mine(), expiresAt: clock.now() + 90_000 }]
      await insert(stores, first, 2)
      await insert(stores, second, 2)
      await expect(insert(stores, mine(), 2)).rejects.toMatchObject(reached)
      await insert(stores, sampleSession(clock.now(), { accountId: 'other' }), 1)
      await stores.sessions.changeSession(first.id, (session) => end(session, 'stopped', clock.now()))
      await insert(stores, mine(), 2)
      await expect(insert(stores, mine(), 2)).rejects.toMatchObject(reached)
      clock.advance(60_000)
      await insert(stores, mine(), 2)
      await expect(insert(stores, mine(), 2)).rejects.toMatchObject(reached)
    },
  },
  {
    name: 'no ceiling is no limit, a ceiling of none refuses all, and a lowered one counts what is there',
    run: async ({ stores, clock }) => {
      const one = () => sampleSession(clock.now())
      await expect(insert(stores, one(), 0)).rejects.toMatchObject(reached)
      for (let made = 0; made < 5; made += 1) await insert(stores, one(), null)
      await expect(insert(stores, one(), 5)).rejects.toMatchObject(reached)
      await insert(stores, one(), 6)
      await expect(insert(stores, one(), 2)).rejects.toMatchObject(reached)
      await insert(stores, one(), 7)
    },
  },
  {
    name: 'room that an ending makes in the same moment is room only once the ending is stored',
    run: async ({ stores, clock }) => {
      const first = sampleSession(clock.now())
      await insert(stores, first, 1)
      const settled = await Promise.allSettled([
        insert(stores, sampleSession(clock.now()), 1),
        stores.sessions.changeSession(first.id, (session) => end(session, 'stopped', clock.now())),
        insert(stores, sampleSession(clock.now()), 1),
        insert(stores, sampleSession(clock.now()), 1),
      ])
      const made = [settled[0], settled[2], settled[3]].filter((one) => one?.status === 'fulfilled')
      expect(made).toHaveLength(1)
    },
  },
  {
    name: 'of many creations with one key at once, exactly as many as its ceiling allows succeed, whatever others make',
    run: async ({ stores, clock }) => {
      const made = Array.from({ length: 12 }, (_, index) =>
        sampleSession(clock.now(), { keyId: ['first', 'second', null][index % 3] ?? null }),
      )
      const settled = await Promise.allSettled(made.map((session) => insert(stores, session, 100, 2)))
      const wasMade = (keyId: string | null) =>
        settled.filter(({ status }, index) => status === 'fulfilled' && made[index]?.keyId === keyId).length
      expect([wasMade('first'), wasMade('second'), wasMade(null)]).toEqual([2, 2, 4])
      for (const one of settled) {
        if (one.status === 'rejected') {
          expect(one.reason).toMatchObject({ ...reached, message: expect.stringMatching(/^This key has 2 /) })
        }
      }
      const ledgers = await Promise.all(made.map((session) => stores.sessions.listLedger(session.id)))
      expect(ledgers.flat()).toHaveLength(8)
    },
  },
  {
    name: 'a key’s ceiling counts neither ended sessions, nor those past their expiry, nor other keys, but those made without one',
    run: async ({ stores, clock }) => {
      const mine = (changes: Partial<Session> = {}) => sampleSession(clock.now(), { keyId: 'mine', ...changes })
      const first = mine()
      await insert(stores, first, null, null)
      await insert(stores, mine({ expiresAt: clock.now() + 90_000 }), null, 2)
      await expect(insert(stores, mine(), null, 2)).rejects.toMatchObject(reached)
      await insert(stores, mine({ keyId: 'other' }), null, 1)
      await insert(stores, mine({ keyId: null }), null, 0)
      await stores.sessions.changeSession(first.id, (session) => end(session, 'stopped', clock.now()))
      await insert(stores, mine(), null, 2)
      await expect(insert(stores, mine(), null, 2)).rejects.toMatchObject(reached)
      clock.advance(60_000)
      await insert(stores, mine(), null, 2)
      await expect(insert(stores, mine(), null, 2)).rejects.toMatchObject(reached)
      await insert(stores, mine(), null, 9)
      await expect(insert(stores, mine(), null, 0)).rejects.toMatchObject(reached)
    },
  },
  {
    name: 'of two ceilings each refuses, the account’s first, and what one refused takes no place under the other',
    run: async ({ stores, clock }) => {
      const mine = () => sampleSession(clock.now(), { keyId: 'mine' })
      await insert(stores, mine(), 3, 1)
      await expect(insert(stores, mine(), 3, 1)).rejects.toMatchObject({ message: expect.stringMatching(/^This key/) })
      await insert(stores, mine(), 3, 2)
      await insert(stores, sampleSession(clock.now(), { keyId: 'other' }), 3, 1)
      await expect(insert(stores, mine(), 3, 2)).rejects.toMatchObject({
        ...reached,
        message: expect.stringMatching(/^The account/),
      })
      await insert(stores, mine(), 4, 3)
    },
  },
]
