import { end, type Session, type SessionFilter } from '@parlor/core/session'
import { expect } from 'vitest'
import type { ContractCase, Stores } from './contract-case.ts'
import { brokenTexts, hostileTexts, issuedEntry, sampleSession } from './samples.ts'

const all = { offset: 0, limit: 100 }
type Made = Partial<Session> & { endUserId?: string }

const maker =
  ({ sessions }: Stores, now: number) =>
  async ({ endUserId, ...changed }: Made = {}): Promise<Session> => {
    const session = sampleSession(now, { kind: 'avatar', expiresAt: now + 90, ...changed })
    if (endUserId !== undefined) session.settings = { ...session.settings, endUserId }
    await sessions.insertSession(session, issuedEntry(session), null)
    return session
  }

const lister =
  ({ sessions }: Stores) =>
  async (filter: Partial<SessionFilter>): Promise<string[]> => {
    const { items, total } = await sessions.listSessions({ accountId: 'account', ...filter }, all)
    expect(total).toBe(items.length)
    return items.map(({ id }) => id)
  }

/** Names that are near each other, and what a search in the text of the settings would take for another. */
const names: readonly string[] = [
  'Ada',
  'ada',
  'ada ',
  'ad_',
  '\\u0000',
  '\\ufffd',
  '"endUserId":"ada"',
  ...hostileTexts,
]

export const sessionRoomCases: readonly ContractCase[] = [
  {
    name: 'a list is narrowed to a kind, to whom sessions are for and to the key that made them, alone and together',
    run: async ({ stores, clock }) => {
      const now = clock.now()
      const make = maker(stores, now)
      const [a, b, c, d, e] = [
        await make({ endUserId: 'ada', keyId: 'first' }),
        await make({ endUserId: 'ada', keyId: 'first', kind: 'chat' }),
        await make({ endUserId: 'bob', keyId: 'second', agentId: 'face' }),
        await make({ keyId: 'first', kid: 'old', projectId: 'shop' }),
        await make({ keyId: null, kind: 'widget', agentId: 'face' }),
      ].map(({ id }) => id)
      await make({ endUserId: 'ada', keyId: 'first', accountId: 'theirs' })
      const list = lister(stores)
      for (const open of [{}, { openAt: now }]) {
        expect(await list({ ...open, kind: 'avatar' })).toEqual([d, c, a])
        expect(await list({ ...open, kind: 'widget' })).toEqual([e])
        expect(await list({ ...open, endUserId: 'ada' })).toEqual([b, a])
        expect(await list({ ...open, kind: 'avatar', endUserId: 'ada' })).toEqual([a])
        expect(await list({ ...open, kind: 'chat', endUserId: 'bob' })).toEqual([])
        expect(await list({ ...open, keyId: 'first' })).toEqual([d, b, a])
        expect(await list({ ...open, kind: 'avatar', keyId: 'first' })).toEqual([d, a])
        expect(await list({ ...open, kind: 'avatar', agentId: 'face' })).toEqual([c])
        expect(await list({ ...open, kind: 'avatar', projectId: 'shop', kid: 'old' })).toEqual([d])
        expect(await list({ ...open, kind: 'avatar', keyId: 'unheard' })).toEqual([])
      }
    },
  },
  {
    name: 'avatar sessions come newest first, a page at a time with how many there are; open ones apart',
    run: async ({ stores, clock }) => {
      const now = clock.now()
      const make = maker(stores, now)
      const made: Session[] = []
      for (const livesMs of [10, 90, 90, 90]) {
        made.unshift(await make({ endUserId: 'ada', keyId: 'one', expiresAt: now + livesMs }))
        await make({ endUserId: 'ada', keyId: 'one', kind: 'widget' })
      }
      const [d, c, b, a] = made.map(({ id }) => id)
      const over = await stores.sessions.changeSession(c ?? '', (session) => end(session, 'stopped', now))
      const page = async (filter: Partial<SessionFilter>, offset: number, limit: number) => {
        const wanted: SessionFilter = { accountId: 'account', kind: 'avatar', ...filter }
        const { items, total } = await stores.sessions.listSessions(wanted, { offset, limit })
        return [items.map(({ id }) => id), total]
      }
      for (const filter of [{}, { endUserId: 'ada' }, { keyId: 'one' }]) {
        expect(await page(filter, 0, 9)).toEqual([[d, c, b, a], 4])
        expect(await page(filter, 1, 2)).toEqual([[c, b], 4])
        expect(await page(filter, 9, 2)).toEqual([[], 4])
        expect(await page({ ...filter, openAt: now }, 0, 2)).toEqual([[d, b], 3])
        expect(await page({ ...filter, openAt: now + 10 }, 1, 2)).toEqual([[b], 2])
      }
      const { items } = await stores.sessions.listSessions({ accountId: 'account', kind: 'avatar' }, all)
      expect(items[1]).toEqual(over)
    },
  },
  {
    name: 'whom a session is for is compared to the letter, whatever else is said in its settings',
    run: async ({ stores, clock }) => {
      const make = maker(stores, clock.now())
      const list = lister(stores)
      const texts = [...names, ...brokenTexts]
      const { settings } = sampleSession(0)
      const decoy = { ...settings, metadata: { endUserId: 'ada', said: [...texts], text: '"endUserId":"Ada"' } }
      const made = new Map<string, string>()
      for (const endUserId of names) made.set(endUserId, (await make({ endUserId, settings: decoy })).id)
      await make({ settings: decoy })
      for (const kind of ['avatar', undefined] as const) {
        for (const endUserId of texts) {
          const found = made.get(endUserId)
          const filter = kind === undefined ? { endUserId } : { endUserId, kind }
          expect(await list(filter)).toEqual(found === undefined ? [] : [found])
          expect(await list({ ...filter, openAt: 0 })).toEqual(found === undefined ? [] : [found])
        }
      }
      for (const endUserId of brokenTexts) {
        const { id } = await make({ endUserId })
        expect(await list({ kind: 'avatar', endUserId })).toEqual([id])
      }
    },
  },
  {
    name: 'open rooms are the avatar sessions of all accounts that are neither ended nor overdue, oldest first',
    run: async ({ stores, clock }) => {
      const now = clock.now()
      const make = maker(stores, now)
      const first = await make({ accountId: 'zoe', expiresAt: now + 99 })
      await make({ kind: 'widget' })
      const second = await make({ accountId: 'bob', expiresAt: now + 50 })
      const ended = await make()
      await make({ expiresAt: now })
      const third = await make({ accountId: 'ada' })
      await stores.sessions.changeSession(ended.id, (session) => end(session, 'stopped', now))
      expect(await stores.sessions.listOpenRooms(now, 9)).toEqual([first, second, third])
      expect(await stores.sessions.listOpenRooms(now, 2)).toEqual([first, second])
      expect(await stores.sessions.listOpenRooms(now + 50, 9)).toEqual([first, third])
      expect(await stores.sessions.listOpenRooms(now, 0)).toEqual([])
    },
  },
]
