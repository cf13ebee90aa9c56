import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { ContractCase, Stores } from './contract-case.ts'
import { issuedEntry, sampleSession } from './samples.ts'

const unused = { totalSessions: 0, totalMessages: 0, lastUsedAt: null }

const begin = async ({ sessions }: Stores, agentId: string, at: number) => {
  const session = sampleSession(at, { agentId })
  await sessions.insertSession(session, issuedEntry(session), null)
  return session.id
}
const say = ({ transcripts }: Stores, session: string, role: 'visitor' | 'agent', id: string, at: number) => {
  const messages = [{ id, role, text: 'hello', at: '' }]
  return transcripts.append(session, `${session} visitor`, at, () => ({ events: [], messages }))
}

export const agentUsageCases: readonly ContractCase[] = [
  {
    name: "an agent's use is known with the answer: sessions, visitors' messages, and when it was last used",
    run: async ({ stores, clock }) => {
      const [ada, bob] = [randomUUID(), randomUUID()]
      expect(await stores.agents.readUsage([ada])).toEqual([unused])
      const now = clock.now()
      const session = await begin(stores, ada, now)
      expect(await stores.agents.readUsage([ada])).toEqual([{ totalSessions: 1, totalMessages: 0, lastUsedAt: now }])
      await begin(stores, bob, now + 1)
      await begin(stores, ada, now + 2)
      await say(stores, session, 'visitor', 'one', now + 5)
      await say(stores, session, 'agent', 'two', now + 6)
      await say(stores, session, 'visitor', 'three', now + 7)
      // The same again is not said again.
      await say(stores, session, 'visitor', 'three', now + 8)
      await say(stores, 'no such session', 'visitor', 'four', now + 9)
      expect(await stores.agents.readUsage([bob, 'unknown', ada])).toEqual([
        { totalSessions: 1, totalMessages: 0, lastUsedAt: now + 1 },
        unused,
        { totalSessions: 2, totalMessages: 2, lastUsedAt: now + 7 },
      ])
    },
  },
  {
    name: 'what was undone was no use',
    run: async ({ stores, clock }) => {
      const agent = randomUUID()
      const first = sampleSession(clock.now(), { agentId: agent })
      const insert = (id: string) =>
        stores.sessions.insertSession({ ...first, jti: randomUUID(), id }, issuedEntry({ ...first, id }), null)
      const settled = await Promise.allSettled([insert('a'), insert('a'), insert('b')])
      expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(await stores.agents.readUsage([agent])).toMatchObject([{ totalSessions: 2 }])
      const { total } = await stores.sessions.listSessions({ accountId: first.accountId }, { offset: 0, limit: 9 })
      expect(total).toBe(2)
    },
  },
]
