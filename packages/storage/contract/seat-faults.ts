import { type Fault, pauseAWhile } from './break-store.ts'

export const seatFaults: readonly Fault[] = [
  {
    name: 'gives a seat to everybody who asks',
    noticedBy: 'given to one of many',
    breakIn: ({ seats }) => ({
      seats: { takeSeat: async (...asked) => (await seats.takeSeat(...asked)) || asked[2] === null },
    }),
  },
  {
    name: 'looks who has a seat before it gives it',
    noticedBy: 'taken over from whoever has it',
    breakIn: ({ seats }) => ({
      seats: {
        takeSeat: async (id, node, from) => {
          const holder = (await seats.findSeats([id])).get(id) ?? null
          await pauseAWhile()
          if (holder !== from) return false
          const now = (await seats.findSeats([id])).get(id) ?? null
          await seats.takeSeat(id, node, now)
          return true
        },
      },
    }),
  },
  {
    name: 'lets anybody free a seat',
    noticedBy: 'a seat is freed by who has it',
    breakIn: ({ seats }) => ({
      seats: {
        freeSeat: async (id) => seats.freeSeat(id, (await seats.findSeats([id])).get(id) ?? ''),
      },
    }),
  },
  {
    name: 'never frees a seat',
    noticedBy: 'a seat is freed by who has it',
    breakIn: () => ({ seats: { freeSeat: async () => {} } }),
  },
  {
    name: 'forgets a seat when its session changes',
    noticedBy: 'a seat stays through all',
    breakIn: ({ seats, sessions }) => ({
      sessions: {
        changeSession: async (id, decide) => {
          const changed = await sessions.changeSession(id, decide)
          for (const [seat, node] of await seats.findSeats([id])) await seats.freeSeat(seat, node)
          return changed
        },
      },
    }),
  },
  {
    name: 'shows the seats of other sessions, too',
    noticedBy: 'seats are those of the sessions',
    breakIn: ({ seats }) => ({
      seats: { findSeats: async (ids) => new Map([...(await seats.findSeats(ids)), ['another', 'one']]) },
    }),
  },
]
