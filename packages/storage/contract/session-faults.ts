import { type Change, ceilingReached, type Session, type SessionCeilings } from '@parlor/core/session'
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

/** One of the ceilings raised or lowered. */
function higher(ceilings: SessionCeilings | null, whose: keyof SessionCeilings, by: number): SessionCeilings | null {
  const ceiling = ceilings?.[whose] ?? null
  return ceilings && ceiling !== null ? { ...ceilings, [whose]: Math.max(0, ceiling + by) } : ceilings
}

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
        insertSession: (one, entry, most) => sessions.insertSession(one, entry, higher(most, 'account', 1)),
      },
    }),
  },
  {
    name: 'lets one session too many in with a key',
    noticedBy: 'with one key at once',
    breakIn: ({ sessions }) => ({
      sessions: { insertSession: (one, entry, most) => sessions.insertSession(one, entry, higher(most, 'key', 1)) },
    }),
  },
  {
    name: 'knows nothing of the ceilings of keys',
    noticedBy: 'with one key at once',
    breakIn: ({ sessions }) => ({
      sessions: {
        insertSession: (one, entry, most) => sessions.insertSession(one, entry, most && { ...most, key: null }),
      },
    }),
  },
  {
    name: 'asks a key what it counted before it stores',
    noticedBy: 'with one key at once',
    breakIn: ({ sessions }) => ({
      sessions: {
        insertSession: async (one, entry, most) => {
          const filter = { accountId: one.accountId, openAt: one.createdAt, ...(one.keyId && { keyId: one.keyId }) }
          const { total } = await sessions.listSessions(filter, { offset: 0, limit: 1 })
          if (one.keyId !== null && total >= (most?.key ?? Number.POSITIVE_INFINITY)) throw ceilingReached('key', 0)
          await sessions.insertSession(one, entry, most && { ...most, key: null })
        },
      },
    }),
  },
  {
    name: 'counts other keys’ sessions under a key’s ceiling',
    noticedBy: 'a key’s ceiling counts neither',
    breakIn: ({ sessions }) => {
      const made = new Set<string>()
      return {
        sessions: {
          insertSession: async (one, entry, most) => {
            await sessions.insertSession(
              one,
              entry,
              higher(most, 'key', -[...made].filter((id) => id !== one.keyId).length),
            )
            if (one.keyId !== null) made.add(one.keyId)
          },
        },
      }
    },
  },
  {
    name: 'counts sessions that are over against the ceiling',
    noticedBy: 'a ceiling counts neither ended sessions',
    breakIn: ({ sessions }) => {
      const made = new Map<string, number>()
      return {
        sessions: {
          insertSession: async (one, entry, most) => {
            const count = made.get(one.accountId) ?? 0
            await sessions.insertSession(one, entry, higher(most, 'account', -count))
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
