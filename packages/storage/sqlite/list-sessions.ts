import type { DatabaseSync } from 'node:sqlite'
import type { Page, Paged } from '@parlor/core/agent'
import type { Session, SessionFilter } from '@parlor/core/session'
import type { UsageSums } from './agent-usage.ts'
import { packId } from './pack-id.ts'
import { type SessionRow, toSession } from './session-rows.ts'

type Value = Uint8Array | string | number

/**
 * Lists sessions, newest first. Open ones are few (a ceiling bounds them) and are found by their own index; all others are
 * walked from the newest on as far as the page reaches, and how many there are is known from the sums.
 */
export function sessionLister(
  db: DatabaseSync,
  usage: Pick<UsageSums, 'countSessions'>,
): (filter: SessionFilter, page: Page) => Paged<Session> {
  const find = db.prepare('SELECT * FROM sessions WHERE position = ?')
  return (filter, { limit, offset }) => {
    const { from, values } = rowsOf(filter)
    const positions = db
      .prepare(`SELECT position FROM ${from} ORDER BY position DESC LIMIT ? OFFSET ?`)
      .all(...values, Math.max(0, limit), Math.max(0, offset))
    const items = positions.map((row) => toSession(find.get(Number(row.position)) as unknown as SessionRow))
    const isSummed = filter.openAt === undefined && filter.kid === undefined
    const total = isSummed
      ? usage.countSessions(filter.accountId, filter.agentId)
      : Number(db.prepare(`SELECT count(*) AS n FROM ${from}`).get(...values)?.n)
    return { items, total }
  }
}

function rowsOf({ accountId, agentId, kid, openAt }: SessionFilter): { from: string; values: Value[] } {
  const values: Value[] = [packId(accountId)]
  let from = `sessions INDEXED BY ${indexFor(agentId, openAt)} WHERE account_id = ?`
  const also = (condition: string, value: Value): void => {
    from += ` AND ${condition}`
    values.push(value)
  }
  if (openAt !== undefined) also("state <> 'ended' AND expires_at > ?", openAt)
  if (agentId !== undefined) also('agent_id = ?', packId(agentId))
  if (kid !== undefined) also('kid = ?', packId(kid))
  return { from, values }
}

function indexFor(agentId: string | undefined, openAt: number | undefined): string {
  if (openAt !== undefined) return 'sessions_open'
  return agentId === undefined ? 'sessions_by_account' : 'sessions_by_agent'
}
