import type { SessionFilter } from '@parlor/core/session'
import type { Fault } from './break-store.ts'
import type { Stores } from './contract-case.ts'

const narrowed = 'narrowed to a kind, to whom sessions are for'

/** A list that asks for something else than it was asked for. */
const listing =
  (change: (filter: SessionFilter) => SessionFilter) =>
  ({ sessions }: Stores) => ({
    sessions: {
      listSessions: (filter: SessionFilter, page: Parameters<typeof sessions.listSessions>[1]) =>
        sessions.listSessions(change(filter), page),
    },
  })

export const roomFaults: readonly Fault[] = [
  {
    name: 'lists sessions of every kind',
    noticedBy: narrowed,
    breakIn: listing(({ kind: _, ...filter }) => filter),
  },
  {
    name: 'lists sessions whoever they are for',
    noticedBy: narrowed,
    breakIn: listing(({ endUserId: _, ...filter }) => filter),
  },
  {
    name: 'lists sessions whichever key made them',
    noticedBy: narrowed,
    breakIn: listing(({ keyId: _, ...filter }) => filter),
  },
  {
    name: 'knows of avatar sessions alone whom they are for',
    noticedBy: narrowed,
    breakIn: listing((filter) => (filter.endUserId === undefined ? filter : { ...filter, kind: 'avatar' })),
  },
  {
    name: 'narrows to a key only what is not open',
    noticedBy: narrowed,
    breakIn: listing(({ keyId, ...filter }) =>
      keyId === undefined || filter.openAt !== undefined ? filter : { ...filter, keyId },
    ),
  },
  {
    name: 'counts the page for the whole',
    noticedBy: 'avatar sessions come newest first',
    breakIn: ({ sessions }) => ({
      sessions: {
        listSessions: async (filter, page) => {
          const { items } = await sessions.listSessions(filter, page)
          return { items, total: items.length }
        },
      },
    }),
  },
  {
    name: 'shows ended avatar sessions as open',
    noticedBy: 'avatar sessions come newest first',
    breakIn: listing(({ openAt: _, ...filter }) => filter),
  },
  {
    name: 'looks for a name anywhere in the settings',
    noticedBy: 'whom a session is for is compared to the letter',
    breakIn: ({ sessions }) => ({
      sessions: {
        listSessions: async ({ endUserId, ...filter }, page) => {
          const { items } = await sessions.listSessions(filter, { offset: 0, limit: 1_000 })
          const piece = endUserId === undefined ? '' : JSON.stringify({ endUserId }).slice(1, -1)
          const found = items.filter(({ settings }) => JSON.stringify(settings).includes(piece))
          return { items: found.slice(page.offset, page.offset + page.limit), total: found.length }
        },
      },
    }),
  },
  {
    name: 'ends names at a NUL',
    noticedBy: 'whom a session is for is compared to the letter',
    breakIn: listing(({ endUserId, ...filter }) =>
      endUserId === undefined ? filter : { ...filter, endUserId: endUserId.split('\0')[0] ?? '' },
    ),
  },
  {
    name: 'shows overdue rooms as open',
    noticedBy: 'open rooms are the avatar sessions of all accounts',
    breakIn: ({ sessions }) => ({ sessions: { listOpenRooms: (_, limit) => sessions.listOpenRooms(0, limit) } }),
  },
  {
    name: "shows one account's rooms",
    noticedBy: 'open rooms are the avatar sessions of all accounts',
    breakIn: ({ sessions }) => ({
      sessions: {
        listOpenRooms: async (now, limit) =>
          (await sessions.listOpenRooms(now, limit)).filter(({ accountId }) => accountId === 'bob'),
      },
    }),
  },
  {
    name: 'shows the newest rooms first',
    noticedBy: 'open rooms are the avatar sessions of all accounts',
    breakIn: ({ sessions }) => ({
      sessions: { listOpenRooms: async (now, limit) => (await sessions.listOpenRooms(now, limit)).toReversed() },
    }),
  },
]
