import type { AgentUsage } from '@parlor/core/agent'
import type { Access, Statement } from './access.ts'
import { packId } from './pack-id.ts'

/** Rows an agent's sums are spread over, so that nodes do not wait for each other to move one. */
const shares = 16

/** Which of them this process moves. */
export function chooseShare(): number {
  return Math.floor(Math.random() * shares)
}

interface UsageRow {
  agent_id: string
  sessions: number
  messages: number
  at: number | null
}

const sumUses: Statement = {
  name: 'sum-agent-uses',
  text: `
    SELECT agent_id, sum(sessions)::bigint AS sessions, sum(messages)::bigint AS messages, max(last_used_at) AS at
    FROM agent_usage WHERE agent_id = ANY ($1::uuid[]) GROUP BY agent_id`,
}

/** Moves the sums of the agents of these sessions. A session that is not in the store has no agent whose sum could be moved. */
export const addMessages: Statement = {
  name: 'add-messages-to-agents',
  text: `
    INSERT INTO agent_usage AS known (account_id, project_id, agent_id, share, sessions, messages, last_used_at)
    SELECT s.account_id, s.project_id, s.agent_id, $1::smallint, 0, sum(use.messages), max(use.at)
    FROM unnest($2::uuid[], $3::int[], $4::bigint[]) AS use (session, messages, at) JOIN sessions s ON s.id = use.session
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (account_id, project_id, agent_id, share) DO UPDATE SET messages = known.messages + excluded.messages,
      last_used_at = greatest(known.last_used_at, excluded.last_used_at)`,
}

/** What agents were used for, one for each id. */
export async function readUsage({ ask }: Access, agentIds: readonly string[]): Promise<AgentUsage[]> {
  const ids = agentIds.map(packId)
  const rows = await ask<UsageRow>(sumUses, [ids])
  const known = new Map(rows.map((row) => [row.agent_id, row]))
  return ids.map((id) => {
    const row = known.get(id)
    return { totalSessions: row?.sessions ?? 0, totalMessages: row?.messages ?? 0, lastUsedAt: row?.at ?? null }
  })
}
