import type { Access, Statement, Transaction } from './access.ts'
import { addMessages } from './agent-usage.ts'

/** What was said in a session: messages visitors sent, tokens models used. */
export interface Talk {
  messages: number
  tokens: number
}

interface TalkRow {
  session_id: string
  visitor_messages: number
  tokens: number
}

/** Makes the rows that are missing: what has no row cannot be locked. In one order everywhere. */
const makeTalks: Statement = {
  name: 'make-talks',
  text: `
    INSERT INTO session_talks (session_id, visitor_messages, tokens)
    SELECT session, 0, 0 FROM unnest($1::uuid[]) AS wanted (session)
    WHERE NOT EXISTS (SELECT FROM session_talks WHERE session_id = session) ORDER BY session
    ON CONFLICT DO NOTHING`,
}
const lockTalks: Statement = {
  name: 'lock-talks',
  text: 'SELECT * FROM session_talks WHERE session_id = ANY ($1::uuid[]) ORDER BY session_id FOR UPDATE',
}
const findTalks: Statement = {
  name: 'find-talks',
  text: 'SELECT * FROM session_talks WHERE session_id = ANY ($1::uuid[])',
}
const moveTalks: Statement = {
  name: 'move-talks',
  text: `
    UPDATE session_talks t SET visitor_messages = t.visitor_messages + m.messages, tokens = t.tokens + m.tokens
    FROM unnest($1::uuid[], $2::int[], $3::bigint[]) AS m (session, messages, tokens) WHERE t.session_id = m.session`,
}

/** Reads sums as they are committed, by a session's packed id. */
export function talkFinder({ finder }: Pick<Access, 'finder'>) {
  return finder<TalkRow>(findTalks, ({ session_id }) => session_id)
}

/** The sums of some sessions, over everything that talks in them, locked until the transaction ends. */
export interface LockedTalks {
  /** @param session packed. */
  read(session: string): Talk
  /** Messages also move the sums of the session's agent. */
  add(session: string, talk: Talk, at: number): void
  /** Sends what was added. */
  write(): void
}

/** Locks them before anything of theirs is locked, in one order. @param sessions packed. */
export async function lockSessionTalks(
  transaction: Transaction,
  sessions: readonly string[],
  share: number,
): Promise<LockedTalks> {
  const wanted = [...new Set(sessions)].sort()
  if (wanted.length > 0) transaction.send(makeTalks, [wanted])
  const rows = wanted.length === 0 ? [] : await transaction.ask<TalkRow>(lockTalks, [wanted])
  const talks = new Map<string, Talk>(
    rows.map((row) => [row.session_id, { messages: row.visitor_messages, tokens: row.tokens }]),
  )
  const added = new Map<string, Talk & { at: number }>()
  return {
    read: (session) => talks.get(session) ?? { messages: 0, tokens: 0 },
    add: (session, { messages, tokens }, at) => {
      if (messages === 0 && tokens === 0) return
      const talk = talks.get(session) ?? { messages: 0, tokens: 0 }
      talks.set(session, { messages: talk.messages + messages, tokens: talk.tokens + tokens })
      const sum = added.get(session) ?? { messages: 0, tokens: 0, at: 0 }
      added.set(session, {
        messages: sum.messages + messages,
        tokens: sum.tokens + tokens,
        at: messages === 0 ? sum.at : Math.max(sum.at, at),
      })
    },
    write: () => {
      const sums = [...added]
      if (sums.length === 0) return
      const each = (pick: (sum: Talk) => number) => sums.map(([, sum]) => pick(sum))
      transaction.send(moveTalks, [sums.map(([id]) => id), each((sum) => sum.messages), each((sum) => sum.tokens)])
      const talked = sums.filter(([, { messages }]) => messages !== 0)
      if (talked.length === 0) return
      const ofEach = (pick: (sum: Talk & { at: number }) => number) => talked.map(([, sum]) => pick(sum))
      const ids = talked.map(([id]) => id)
      transaction.send(addMessages, [share, ids, ofEach((sum) => sum.messages), ofEach((sum) => sum.at)])
    },
  }
}
