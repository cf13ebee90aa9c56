import type { DatabaseSync } from 'node:sqlite'
import type { AgentUsage } from '@parlor/core/agent'
import type { Session } from '@parlor/core/session'
import type { Rider } from './group-commit.ts'
import { packId } from './pack-id.ts'
import { prepareWrite } from './prepare-write.ts'

/** Something an agent was used for. */
export interface Use {
  sessions: number
  messages: number
  at: number
}

/** Whose agent was used, and in which project. */
export type Used = Pick<Session, 'accountId' | 'agentId' | 'projectId'>

/** The sums of what agents were used for. They ride with the groups of writes: one change per agent and group. */
export interface UsageSums extends Rider {
  /** Whether `rowOf` has found the row before, so that it will have nothing to make. */
  knows(used: Used): boolean
  /** The row of an account's agent in a project, made where there is none. To be called inside a write. */
  rowOf(used: Used): number
  /** To be called inside a write, as its last act: what a write adds and then throws away would stay in the sum. */
  add(row: number, use: Use): void
  read(agentId: string): AgentUsage
}

/** Agents whose row is remembered; beyond, all are looked up anew. */
const mostRows = 10_000

export function agentUsageSums(db: DatabaseSync): UsageSums {
  const find = db.prepare('SELECT position FROM agent_usage WHERE account_id = ? AND agent_id = ? AND project_id = ?')
  const insert = prepareWrite(
    db,
    'INSERT INTO agent_usage (account_id, agent_id, project_id, sessions, messages) VALUES (?, ?, ?, 0, 0)',
  )
  const move = prepareWrite(
    db,
    `
    UPDATE agent_usage SET sessions = sessions + ?1, messages = messages + ?2,
      last_used_at = max(coalesce(last_used_at, ?3), ?3) WHERE position = ?4`,
  )
  const sum = db.prepare(`
    SELECT sum(sessions) AS sessions, sum(messages) AS messages, max(last_used_at) AS at
    FROM agent_usage WHERE agent_id = ?`)
  const rows = new Map<string, number>()
  const waiting = new Map<number, Use>()
  const nameOf = ({ accountId, agentId, projectId }: Used) => `${accountId} ${agentId} ${projectId}`
  return {
    knows: (used) => rows.has(nameOf(used)),
    rowOf: (used) => {
      const key = nameOf(used)
      const known = rows.get(key)
      if (known !== undefined) return known
      const ids = [packId(used.accountId), packId(used.agentId), packId(used.projectId)] as const
      const found = find.get(...ids)
      // A row made here is not remembered yet: the write may still be undone, and its number given to another agent.
      if (found === undefined) return Number(insert.run(...ids).lastInsertRowid)
      if (rows.size >= mostRows) rows.clear()
      rows.set(key, Number(found.position))
      return Number(found.position)
    },
    add: (row, use) => {
      const before = waiting.get(row)
      if (before === undefined) {
        waiting.set(row, { ...use })
        return
      }
      before.sessions += use.sessions
      before.messages += use.messages
      before.at = Math.max(before.at, use.at)
    },
    read: (agentId) => {
      const row = sum.get(packId(agentId))
      const at = row?.at ?? null
      return {
        totalSessions: Number(row?.sessions ?? 0),
        totalMessages: Number(row?.messages ?? 0),
        lastUsedAt: at === null ? null : Number(at),
      }
    },
    beforeCommit: () => {
      for (const [row, { sessions, messages, at }] of waiting) move.run(sessions, messages, at, row)
    },
    committed: () => waiting.clear(),
    undone: () => {
      waiting.clear()
      rows.clear()
    },
  }
}
