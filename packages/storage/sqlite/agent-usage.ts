import type { DatabaseSync } from 'node:sqlite'
import type { AgentUsage } from '@parlor/core/agent'
import type { Rider } from './group-commit.ts'
import { packId } from './pack-id.ts'
import { prepareWrite } from './prepare-write.ts'

/** Something an agent was used for. */
export interface Use {
  accountId: string
  agentId: string
  sessions: number
  messages: number
  at: number
}

/** The sums of what agents were used for. They ride with the groups of writes: one change per agent and group. */
export interface UsageSums extends Rider {
  /** To be called inside a write, as its last act: what a write adds and then throws away would stay in the sum. */
  add(use: Use): void
  read(agentId: string): AgentUsage
  /** How many sessions an account ever had, or one agent of it. */
  countSessions(accountId: string, agentId?: string): number
}

export function agentUsageSums(db: DatabaseSync): UsageSums {
  const move = prepareWrite(
    db,
    `
    INSERT INTO agent_usage (account_id, agent_id, sessions, messages, last_used_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (account_id, agent_id) DO UPDATE SET sessions = sessions + excluded.sessions,
      messages = messages + excluded.messages, last_used_at = max(last_used_at, excluded.last_used_at)`,
  )
  const find = db.prepare(`
    SELECT sum(sessions) AS sessions, sum(messages) AS messages, max(last_used_at) AS at
    FROM agent_usage WHERE agent_id = ?`)
  const countAll = db.prepare('SELECT coalesce(sum(sessions), 0) AS n FROM agent_usage WHERE account_id = ?')
  const countOne = db.prepare(
    'SELECT coalesce(sum(sessions), 0) AS n FROM agent_usage WHERE account_id = ? AND agent_id = ?',
  )
  const waiting = new Map<string, Use>()
  return {
    add: (use) => {
      const key = `${use.accountId} ${use.agentId}`
      const sum = waiting.get(key)
      if (sum === undefined) {
        waiting.set(key, { ...use })
        return
      }
      sum.sessions += use.sessions
      sum.messages += use.messages
      sum.at = Math.max(sum.at, use.at)
    },
    read: (agentId) => {
      const row = find.get(packId(agentId))
      const at = row?.at ?? null
      return {
        totalSessions: Number(row?.sessions ?? 0),
        totalMessages: Number(row?.messages ?? 0),
        lastUsedAt: at === null ? null : Number(at),
      }
    },
    countSessions: (accountId, agentId) => {
      const account = packId(accountId)
      const row = agentId === undefined ? countAll.get(account) : countOne.get(account, packId(agentId))
      return Number(row?.n)
    },
    beforeCommit: () => {
      for (const { accountId, agentId, sessions, messages, at } of waiting.values()) {
        move.run(packId(accountId), packId(agentId), sessions, messages, at)
      }
    },
    committed: () => waiting.clear(),
    undone: () => waiting.clear(),
  }
}
