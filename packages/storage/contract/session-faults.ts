import type { Change, Session } from '@parlor/core/session'
import { acknowledgeEarly, type Fault } from './break-store.ts'
import type { Stores } from './contract-case.ts'

/** A store that alters what was decided before it keeps it. */
const alter = ({ sessions }: Stores, change: (decided: Change, before: Session) => Change) => ({
  sessions: {
    changeSession: ((id, decide) =>
      sessions.changeSession(id, (before) => {
        const decided = decide({ ...before })
        return decided === null ? null : change(decided, before)
      })) satisfies Stores['sessions']['changeSession'],
  },
})

export const sessionFaults: readonly Fault[] = [
  {
    name: 'loses a ledger entry',
    noticedBy: 'stored with its entries',
    breakIn: (stores) =>
      alter(stores, ({ session, entries, ...rest }, before) => ({
        ...rest,
        session: { ...session, entries: before.entries + Math.max(0, entries.length - 1) },
        entries: entries.slice(0, -1),
      })),
  },
  {
    name: 'loses a ledger entry now and then',
    noticedBy: 'reference model',
    breakIn: (stores) =>
      alter(stores, (decided, before) =>
        before.entries === 3 ? { ...decided, session: { ...decided.session, entries: 3 }, entries: [] } : decided,
      ),
  },
  {
    name: 'forgets the visitor',
    noticedBy: 'stored with its entries',
    breakIn: (stores) => alter(stores, ({ session, entries }) => ({ session, entries })),
  },
  {
    name: 'acknowledges a creation before it is kept',
    noticedBy: 'as soon as it is acknowledged',
    breakIn: ({ sessions }) => ({ sessions: { insertSession: acknowledgeEarly(sessions.insertSession) } }),
  },
  {
    name: 'lets a session come back',
    noticedBy: 'never comes back',
    breakIn: ({ sessions }) => ({
      sessions: { changeSession: (id, decide) => sessions.changeSession(id, decide).catch(() => null) },
    }),
  },
  {
    name: 'shows an ended session as live',
    noticedBy: 'reference model',
    breakIn: ({ sessions }) => ({
      sessions: {
        findSession: async (id) => {
          const found = await sessions.findSession(id)
          return found?.state === 'ended' ? { ...found, state: 'live' } : found
        },
      },
    }),
  },
  {
    name: 'decides on what it read before, without a lock',
    noticedBy: 'of many endings at once',
    breakIn: ({ sessions }) => ({
      sessions: {
        changeSession: async (id, decide) => {
          const stale = await sessions.findSession(id)
          const decided = stale === null ? null : decide(stale)
          return sessions.changeSession(id, (now) =>
            decided === null
              ? null
              : {
                  ...decided,
                  session: { ...decided.session, entries: now.entries + 1 },
                  entries: decided.entries.map((entry) => ({ ...entry, number: now.entries + 1 })),
                },
          )
        },
      },
    }),
  },
  {
    name: 'lets one session too many in',
    noticedBy: 'exactly as many as the ceiling',
    breakIn: ({ sessions }) => ({
      sessions: {
        insertSession: (one, entry, most) => sessions.insertSession(one, entry, most === null ? null : most + 1),
      },
    }),
  },
  {
    name: 'counts sessions that are over against the ceiling',
    noticedBy: 'neither ended sessions',
    breakIn: ({ sessions }) => {
      const made = new Map<string, number>()
      return {
        sessions: {
          insertSession: async (one, entry, most) => {
            const count = made.get(one.accountId) ?? 0
            await sessions.insertSession(one, entry, most === null ? null : Math.max(0, most - count))
            made.set(one.accountId, count + 1)
          },
        },
      }
    },
  },
  {
    name: 'swallows what a decision throws',
    noticedBy: 'an error of the decision',
    breakIn: ({ sessions }) => ({
      sessions: {
        changeSession: (id, decide) => sessions.changeSession(id, decide).catch(() => sessions.findSession(id)),
      },
    }),
  },
  {
    name: 'lists the oldest sessions first',
    noticedBy: 'listed newest first',
    breakIn: ({ sessions }) => ({
      sessions: {
        listSessions: async (filter, page) => {
          const { items, total } = await sessions.listSessions(filter, page)
          return { items: items.toReversed(), total }
        },
      },
    }),
  },
  {
    name: "lists every project's sessions",
    noticedBy: 'narrowed to a project',
    breakIn: ({ sessions }) => ({
      sessions: { listSessions: ({ projectId: _, ...filter }, page) => sessions.listSessions(filter, page) },
    }),
  },
  {
    name: 'shows overdue sessions as open',
    noticedBy: 'open at a time',
    breakIn: ({ sessions }) => ({
      sessions: {
        listSessions: ({ openAt, ...filter }, page) =>
          sessions.listSessions(openAt === undefined ? filter : { ...filter, openAt: 0 }, page),
      },
    }),
  },
  {
    name: 'lists overdue sessions in the wrong order',
    noticedBy: 'earliest first',
    breakIn: ({ sessions }) => ({
      sessions: {
        listOverdueSessions: async (now, limit) => (await sessions.listOverdueSessions(now, limit)).toReversed(),
      },
    }),
  },
]
