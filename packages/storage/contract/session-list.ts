import { end, type Session } from '@parlor/core/session'
import { expect } from 'vitest'
import type { ContractCase, Stores } from './contract-case.ts'
import { hostileTexts, issuedEntry, sampleSession } from './samples.ts'

const all = { offset: 0, limit: 100 }
const insert = async ({ sessions }: Stores, session: Session): Promise<Session> => {
  await sessions.insertSession(session, issuedEntry(session), null)
  return session
}
const ids = (items: readonly Session[]) => items.map(({ id }) => id)

export const sessionListCases: readonly ContractCase[] = [
  {
    name: "an account's sessions are listed newest first, a page at a time, ended ones too and nobody else's",
    run: async ({ stores, clock }) => {
      const made: Session[] = []
      for (let index = 0; index < 5; index++) made.unshift(await insert(stores, sampleSession(clock.now() + index)))
      await insert(stores, sampleSession(clock.now() + 9, { accountId: 'other' }))
      const ended = await stores.sessions.changeSession(made[1]?.id ?? '', (now) => end(now, 'stopped', clock.now()))
      const expected = made.map((session) => (session.id === ended?.id ? ended : session))
      const filter = { accountId: 'account' }
      expect(await stores.sessions.listSessions(filter, all)).toEqual({ items: expected, total: 5 })
      expect(await stores.sessions.listSessions(filter, { offset: 1, limit: 2 })).toEqual({
        items: expected.slice(1, 3),
        total: 5,
      })
      expect(await stores.sessions.listSessions(filter, { offset: 9, limit: 2 })).toEqual({ items: [], total: 5 })
      for (const accountId of ['nobody', ...hostileTexts]) {
        expect(await stores.sessions.listSessions({ accountId }, all)).toEqual({ items: [], total: 0 })
      }
    },
  },
  {
    name: 'a list is narrowed to an agent, a signing key and what is open at a time, alone and together',
    run: async ({ stores, clock }) => {
      const now = clock.now()
      const make = (agentId: string, kid: string, livesMs: number, accountId = 'account') =>
        insert(stores, sampleSession(now, { agentId, kid, accountId, expiresAt: now + livesMs }))
      const brief = await make('ada', 'old', 10)
      const long = await make('ada', 'new', 90)
      const ended = await make('ada', 'old', 90)
      const other = await make('bob', 'old', 90)
      await make('ada', 'old', 90, 'theirs')
      await stores.sessions.changeSession(ended.id, (session) => end(session, 'revoked', now))
      const list = async (filter: { agentId?: string; kid?: string; openAt?: number }) => {
        const { items, total } = await stores.sessions.listSessions({ accountId: 'account', ...filter }, all)
        expect(total).toBe(items.length)
        return ids(items)
      }
      const [b, l, e, o] = ids([brief, long, ended, other])
      expect(await list({ agentId: 'ada' })).toEqual([e, l, b])
      expect(await list({ kid: 'old' })).toEqual([o, e, b])
      expect(await list({ agentId: 'ada', kid: 'old' })).toEqual([e, b])
      expect(await list({ openAt: now })).toEqual([o, l, b])
      expect(await list({ openAt: now + 10 })).toEqual([o, l])
      expect(await list({ openAt: now + 10, agentId: 'ada' })).toEqual([l])
      expect(await list({ openAt: now, kid: 'old' })).toEqual([o, b])
      expect(await list({ openAt: now, agentId: 'ada', kid: 'new' })).toEqual([l])
      expect(await list({ agentId: 'unheard' })).toEqual([])
    },
  },
  {
    name: 'a list is narrowed to a project, whichever agents serve it, alone and with the rest',
    run: async ({ stores, clock }) => {
      const now = clock.now()
      const make = (projectId: string, agentId: string, kid: string, livesMs = 90, accountId = 'account') =>
        insert(stores, sampleSession(now, { projectId, agentId, kid, accountId, expiresAt: now + livesMs }))
      const first = await make('shop', 'ada', 'old')
      const brief = await make('shop', 'bob', 'new', 10)
      await make('help', 'ada', 'old')
      await make('shop', 'ada', 'old', 90, 'theirs')
      const last = await make('shop', 'ada', 'new')
      const list = async (filter: { projectId: string; agentId?: string; kid?: string; openAt?: number }) => {
        const { items, total } = await stores.sessions.listSessions({ accountId: 'account', ...filter }, all)
        expect(total).toBe(items.length)
        return ids(items)
      }
      const [f, b, l] = ids([first, brief, last])
      expect(await list({ projectId: 'shop' })).toEqual([l, b, f])
      expect(await list({ projectId: 'shop', agentId: 'ada' })).toEqual([l, f])
      expect(await list({ projectId: 'shop', kid: 'new' })).toEqual([l, b])
      expect(await list({ projectId: 'shop', openAt: now + 10 })).toEqual([l, f])
      expect(await list({ projectId: 'unheard' })).toEqual([])
      const filter = { accountId: 'account', projectId: 'shop' }
      const { items, total } = await stores.sessions.listSessions(filter, { offset: 1, limit: 1 })
      expect([ids(items), total]).toEqual([[b], 3])
    },
  },
]
