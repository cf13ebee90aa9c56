import type { DatabaseSync } from 'node:sqlite'
import type { UsageSums } from './agent-usage.ts'
import { packId } from './pack-id.ts'
import { prepareWrite } from './prepare-write.ts'

/** What was said in a session: messages visitors sent, tokens models used. */
export interface Talk {
  messages: number
  tokens: number
}

/** The sums of each session, over everything that talks in it. They move in the transaction of what they count. */
export interface SessionTalks {
  read(sessionId: string): Talk
  /** To be called inside a write, as its last act: the messages also move the sums of the session's agent. */
  add(sessionId: string, talk: Talk, at: number): void
}

export function sessionTalks(db: DatabaseSync, usage: UsageSums): SessionTalks {
  const find = db.prepare('SELECT visitor_messages, tokens FROM session_talks WHERE session_id = ?')
  const move = prepareWrite(
    db,
    `
    INSERT INTO session_talks (session_id, visitor_messages, tokens) VALUES (?, ?, ?)
    ON CONFLICT (session_id) DO UPDATE SET visitor_messages = visitor_messages + excluded.visitor_messages,
      tokens = tokens + excluded.tokens`,
  )
  const findUsage = db.prepare('SELECT usage FROM sessions WHERE id = ?')
  return {
    read: (sessionId) => {
      const row = find.get(packId(sessionId))
      return { messages: Number(row?.visitor_messages ?? 0), tokens: Number(row?.tokens ?? 0) }
    },
    add: (sessionId, { messages, tokens }, at) => {
      const id = packId(sessionId)
      if (messages !== 0 || tokens !== 0) move.run(id, messages, tokens)
      if (messages === 0) return
      // A session that is not in the store has no agent whose sum could be moved.
      const row = findUsage.get(id)?.usage
      if (row !== undefined) usage.add(Number(row), { sessions: 0, messages, at })
    },
  }
}
