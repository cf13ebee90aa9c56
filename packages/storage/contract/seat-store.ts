import { end, join, type Session } from '@parlor/core/session'
import { expect } from 'vitest'
import { type ContractCase, describeCases, type OpenStores, type Stores } from './contract-case.ts'
import { issuedEntry, sampleSession, sampleVisitor } from './samples.ts'

async function make({ sessions }: Stores, now: number, id?: string): Promise<Session> {
  const session = sampleSession(now, { kind: 'avatar', ...(id !== undefined && { id }) })
  await sessions.insertSession(session, issuedEntry(session), null)
  return session
}

export const seatStoreCases: readonly ContractCase[] = [
  {
    name: 'a seat that is free is given to one of many who ask at once, and everybody sees to whom',
    run: async ({ stores, clock }) => {
      const { id } = await make(stores, clock.now())
      expect(await stores.seats.findSeats([id])).toEqual(new Map())
      const nodes = Array.from({ length: 8 }, (_, index) => `node ${index}`)
      const given = await Promise.all(nodes.map((node) => stores.seats.takeSeat(id, node, null)))
      expect(given.filter(Boolean)).toHaveLength(1)
      expect(await stores.seats.findSeats([id])).toEqual(new Map([[id, nodes[given.indexOf(true)]]]))
    },
  },
  {
    name: 'a seat is taken over from whoever has it, and from nobody else',
    run: async ({ stores: { seats, ...stores }, clock }) => {
      const { id } = await make({ seats, ...stores }, clock.now())
      expect(await seats.takeSeat(id, 'b', 'a')).toBe(false)
      expect(await seats.takeSeat(id, 'a', null)).toBe(true)
      expect(await seats.takeSeat(id, 'b', null)).toBe(false)
      expect(await seats.takeSeat(id, 'b', 'c')).toBe(false)
      expect(await seats.takeSeat(id, 'a', 'a')).toBe(true)
      const asked = await Promise.all(['b', 'c', 'd'].map((node) => seats.takeSeat(id, node, 'a')))
      expect(asked.filter(Boolean)).toHaveLength(1)
      expect([...(await seats.findSeats([id])).values()]).toEqual([['b', 'c', 'd'][asked.indexOf(true)]])
      expect(await seats.takeSeat('unknown', 'a', null)).toBe(false)
    },
  },
  {
    name: 'a seat is freed by who has it, and by nobody else',
    run: async ({ stores, clock }) => {
      const { seats } = stores
      const { id } = await make(stores, clock.now())
      await seats.takeSeat(id, 'a', null)
      await seats.freeSeat(id, 'b')
      expect(await seats.findSeats([id])).toEqual(new Map([[id, 'a']]))
      await seats.freeSeat(id, 'a')
      await seats.freeSeat('unknown', 'a')
      expect(await seats.findSeats([id, 'unknown'])).toEqual(new Map())
      expect(await seats.takeSeat(id, 'b', null)).toBe(true)
    },
  },
  {
    name: 'seats are those of the sessions that are asked for, whatever their ids look like',
    run: async ({ stores, clock }) => {
      const { seats } = stores
      const ids = [undefined, undefined, "o'brien", 'plain id']
      const [a = '', b = '', c = '', d = ''] = (await Promise.all(ids.map((id) => make(stores, clock.now(), id)))).map(
        ({ id }) => id,
      )
      for (const [id, node] of [
        [a, 'one'],
        [b, 'two'],
        [c, 'one'],
      ] as const) {
        await seats.takeSeat(id, node, null)
      }
      const found = await seats.findSeats([d, c, a])
      expect([...found].sort()).toEqual([[a, 'one'] as const, [c, 'one'] as const].sort())
      expect(await seats.findSeats([])).toEqual(new Map())
    },
  },
  {
    name: 'a seat stays through all that happens to its session, and one of an ended session is given to nobody',
    run: async ({ stores, clock }) => {
      const { seats, sessions } = stores
      const session = await make(stores, clock.now())
      await seats.takeSeat(session.id, 'a', null)
      const joined = await sessions.changeSession(session.id, (now) => join(now, sampleVisitor(now.id), clock.now()))
      expect(await seats.findSeats([session.id])).toEqual(new Map([[session.id, 'a']]))
      expect(await sessions.findSession(session.id)).toEqual(joined)
      await sessions.changeSession(session.id, (now) => end(now, 'stopped', clock.now()))
      expect(await seats.takeSeat(session.id, 'b', 'a')).toBe(false)
      await seats.freeSeat(session.id, 'a')
      expect(await seats.takeSeat(session.id, 'b', null)).toBe(false)
    },
  },
]

export function describeSeatStore(open: OpenStores): void {
  describeCases('SeatStore', seatStoreCases, open)
}
