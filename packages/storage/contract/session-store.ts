import { end, join, type Session } from '@parlor/core/session'
import { expect } from 'vitest'
import { type ContractCase, describeCases, type OpenStores, type Stores } from './contract-case.ts'
import { brokenTexts, hostileTexts, issuedEntry, sampleSession, sampleVisitor } from './samples.ts'
import { sessionCeilingCases } from './session-ceiling.ts'
import { sessionListCases } from './session-list.ts'
import { sessionModelCases } from './session-model.ts'
import { sessionRoomCases } from './session-rooms.ts'

const insert = async ({ sessions }: Stores, session: Session): Promise<Session> => {
  await sessions.insertSession(session, issuedEntry(session), null)
  return session
}

const recordCases: readonly ContractCase[] = [
  {
    name: 'a new session is found by its id and by its token as soon as it is acknowledged, with its first ledger entry',
    run: async ({ stores, clock }) => {
      const sessions = [
        sampleSession(clock.now()),
        sampleSession(clock.now(), { id: 'plain id', keyId: null, accountId: "o'brien", boundVisitorId: 'v' }),
      ]
      for (const session of sessions) {
        await insert(stores, session)
        expect(await stores.sessions.findSession(session.id)).toEqual(session)
        expect(await stores.sessions.findSessionByJti(session.jti)).toEqual(session)
        expect(await stores.sessions.listLedger(session.id)).toEqual([issuedEntry(session)])
      }
    },
  },
  {
    name: 'settings are kept as they were made, with what later versions add to them and without',
    run: async ({ stores, clock }) => {
      const plain = await insert(stores, sampleSession(clock.now()))
      const settings = { ...plain.settings, userId: 'u1', embedOrigin: '' }
      const added = await insert(stores, sampleSession(clock.now(), { settings }))
      expect(await stores.sessions.findSession(plain.id)).toEqual(plain)
      expect(await stores.sessions.findSession(added.id)).toEqual(added)
    },
  },
  {
    name: 'an id or a token that is taken is a conflict, and nothing of the second session is kept',
    run: async ({ stores, clock }) => {
      const first = await insert(stores, sampleSession(clock.now()))
      const sameId = sampleSession(clock.now(), { id: first.id })
      const sameJti = sampleSession(clock.now(), { jti: first.jti })
      await expect(insert(stores, sameId)).rejects.toMatchObject({ code: 'conflict' })
      await expect(insert(stores, sameJti)).rejects.toMatchObject({ code: 'conflict' })
      expect(await stores.sessions.findSession(first.id)).toEqual(first)
      expect(await stores.sessions.findSessionByJti(sameId.jti)).toBeNull()
      expect(await stores.sessions.findSession(sameJti.id)).toBeNull()
      expect(await stores.sessions.listLedger(sameJti.id)).toEqual([])
    },
  },
  {
    name: 'hostile ids find nothing, and hostile metadata is kept to the letter',
    run: async ({ stores, clock }) => {
      const texts = [...hostileTexts, ...brokenTexts]
      const { settings } = sampleSession(0)
      const metadata = Object.fromEntries(hostileTexts.map((text, index) => [`${index}${text}`, text]))
      const session = await insert(stores, sampleSession(clock.now(), { settings: { ...settings, metadata } }))
      for (const text of texts) {
        expect(await stores.sessions.findSession(text)).toBeNull()
        expect(await stores.sessions.findSessionByJti(text)).toBeNull()
        expect(await stores.sessions.findVisitor(text)).toBeNull()
        expect(await stores.sessions.changeSession(text, () => null)).toBeNull()
        expect(await stores.sessions.listLedger(text)).toEqual([])
      }
      expect(await stores.sessions.findSession(session.id)).toEqual(session)
    },
  },
  {
    name: 'overdue sessions are listed earliest first, without ended ones and those that have time left',
    run: async ({ stores, clock }) => {
      const now = clock.now()
      const due = [now - 2_000, now - 3_000, now, now + 1, now - 9_000]
      const made = due.map((expiresAt) => sampleSession(now - 10_000, { expiresAt }))
      for (const session of made) await insert(stores, session)
      const [second, first, third, , over] = made.map((session) => session.id)
      await stores.sessions.changeSession(over ?? '', (session) => end(session, 'expired', now))
      expect(await stores.sessions.listOverdueSessions(now, 10)).toEqual([first, second, third])
      expect(await stores.sessions.listOverdueSessions(now, 2)).toEqual([first, second])
    },
  },
]

const changeCases: readonly ContractCase[] = [
  {
    name: 'a change is stored with its entries and its visitor, and no other session changes',
    run: async ({ stores, clock }) => {
      const session = await insert(stores, sampleSession(clock.now()))
      const other = await insert(stores, sampleSession(clock.now()))
      const visitor = sampleVisitor(session.id)
      const change = join(session, visitor, clock.now() + 5)
      expect(await stores.sessions.changeSession(session.id, () => change)).toEqual(change.session)
      expect(await stores.sessions.findSession(session.id)).toEqual(change.session)
      expect(await stores.sessions.findSessionByJti(session.jti)).toEqual(change.session)
      expect(await stores.sessions.findVisitor(visitor.id)).toEqual(visitor)
      expect(await stores.sessions.listLedger(session.id)).toEqual([issuedEntry(session), ...change.entries])
      expect(await stores.sessions.findSession(other.id)).toEqual(other)
      expect(await stores.sessions.listLedger(other.id)).toEqual([issuedEntry(other)])
    },
  },
  {
    name: 'deciding on nothing changes nothing, also when the record handed over was written on',
    run: async ({ stores, clock }) => {
      const session = await insert(stores, sampleSession(clock.now()))
      const after = await stores.sessions.changeSession(session.id, (given) => {
        given.state = 'ended'
        return null
      })
      expect(after).toEqual(session)
      expect(await stores.sessions.findSession(session.id)).toEqual(session)
      const never = () => expect.unreachable('there is nothing to decide on')
      expect(await stores.sessions.changeSession('unknown', never)).toBeNull()
    },
  },
  {
    name: 'an error of the decision is passed on and undoes only its own change',
    run: async ({ stores, clock }) => {
      const [mine, next] = [await insert(stores, sampleSession(clock.now())), sampleSession(clock.now())]
      const error = new Error('no')
      const settled = await Promise.allSettled([
        insert(stores, next),
        stores.sessions.changeSession(mine.id, () => {
          throw error
        }),
        stores.sessions.changeSession(mine.id, (session) => end(session, 'stopped', clock.now())),
      ])
      expect(settled[1]).toEqual({ status: 'rejected', reason: error })
      expect(await stores.sessions.findSession(next.id)).toEqual(next)
      expect(await stores.sessions.findSession(mine.id)).toMatchObject({ state: 'ended', reason: 'stopped' })
      expect(await stores.sessions.listLedger(mine.id)).toHaveLength(2)
    },
  },
  {
    name: 'a change that cannot be stored whole is not stored at all',
    run: async ({ stores, clock }) => {
      const session = await insert(stores, sampleSession(clock.now()))
      const visitor = sampleVisitor(session.id)
      const joined = await stores.sessions.changeSession(session.id, (now) => join(now, visitor, clock.now()))
      const ledger = await stores.sessions.listLedger(session.id)
      const again = stores.sessions.changeSession(session.id, (now) => join(now, visitor, clock.now() + 9))
      await expect(again).rejects.toMatchObject({ code: 'conflict' })
      expect(await stores.sessions.findSession(session.id)).toEqual(joined)
      expect(await stores.sessions.listLedger(session.id)).toEqual(ledger)
    },
  },
  {
    name: 'of many endings at once, one is written down',
    run: async ({ stores, clock }) => {
      const session = await insert(stores, sampleSession(clock.now()))
      const endings = Array.from({ length: 20 }, (_, index) =>
        stores.sessions.changeSession(session.id, (now) => end(now, 'revoked', clock.now() + index)),
      )
      const seen = await Promise.all(endings)
      expect(new Set(seen.map((after) => after?.endedAt)).size).toBe(1)
      expect(await stores.sessions.listLedger(session.id)).toHaveLength(2)
    },
  },
  {
    name: 'an ended session never comes back, whatever is decided',
    run: async ({ stores, clock }) => {
      const session = await insert(stores, sampleSession(clock.now()))
      const ended = await stores.sessions.changeSession(session.id, (now) => end(now, 'revoked', clock.now()))
      for (const revived of [{ state: 'live' }, { reason: 'expired' }, { endedAt: null }] as const) {
        const back = stores.sessions.changeSession(session.id, (now) => ({
          session: { ...now, ...revived },
          entries: [],
        }))
        await expect(back).rejects.toThrow()
        expect(await stores.sessions.findSession(session.id)).toEqual(ended)
      }
    },
  },
  {
    name: 'a ledger with a gap is refused',
    run: async ({ stores, clock }) => {
      const session = await insert(stores, sampleSession(clock.now()))
      const skipping = stores.sessions.changeSession(session.id, (now) => ({
        session: { ...now, entries: 3 },
        entries: [{ ...issuedEntry(now), number: 3 }],
      }))
      await expect(skipping).rejects.toThrow()
      expect(await stores.sessions.listLedger(session.id)).toEqual([issuedEntry(session)])
    },
  },
]

export const sessionStoreCases: readonly ContractCase[] = [
  ...recordCases,
  ...changeCases,
  ...sessionListCases,
  ...sessionRoomCases,
  ...sessionCeilingCases,
  ...sessionModelCases,
]

export function describeSessionStore(open: OpenStores): void {
  describeCases('SessionStore', sessionStoreCases, open)
}
