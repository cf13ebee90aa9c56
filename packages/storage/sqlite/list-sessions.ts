import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Page, Paged } from '@parlor/core/agent'
import type { Session, SessionFilter } from '@parlor/core/session'
import { packId } from './pack-id.ts'
import { packOrNull, type SessionRow, sessionColumns, toSession } from './session-rows.ts'

type Value = Uint8Array | string | number

/** Rows of sessions, newest first, and how many there are beyond the page. */
interface Found {
  rows: number[]
  total: number
}

/**
 * Lists sessions, newest first. Open ones are few (a ceiling bounds them) and are found by their own index. Of all others
 * each agent's newest are taken as far as the page reaches, from an index alone; how many there are is known from the sums.
 */
export function sessionLister(db: DatabaseSync): (filter: SessionFilter, page: Page) => Paged<Session> {
  const find = db.prepare(`SELECT ${sessionColumns} FROM sessions WHERE position = ?`)
  const open = openFinder(db)
  const all = allFinder(db)
  return (filter, page) => {
    const { rows, total } = filter.openAt === undefined ? all(filter, page) : open(filter, page, filter.openAt)
    return { items: rows.map((row) => toSession(find.get(row) as unknown as SessionRow)), total }
  }
}

function openFinder(db: DatabaseSync): (filter: SessionFilter, page: Page, at: number) => Found {
  return ({ accountId, agentId, projectId, kid }, page, at) => {
    const values: Value[] = [packId(accountId), at]
    let from = "sessions INDEXED BY sessions_open WHERE account_id = ? AND state <> 'ended' AND expires_at > ?"
    if (agentId !== undefined) {
      from += ' AND agent_id = ?'
      values.push(packId(agentId))
    }
    if (projectId !== undefined) {
      from += ' AND project_id = ?'
      values.push(packId(projectId))
    }
    if (kid !== undefined) {
      from += ' AND kid = ?'
      values.push(packId(kid))
    }
    const rows = db.prepare(`SELECT position FROM ${from} ORDER BY position DESC`).all(...values)
    return window(positionsOf(rows), page)
  }
}

function allFinder(db: DatabaseSync): (filter: SessionFilter, page: Page) => Found {
  const agentsOf = db.prepare('SELECT position, sessions FROM agent_usage WHERE account_id = ?')
  const agentOf = db.prepare('SELECT position, sessions FROM agent_usage WHERE account_id = ? AND agent_id = ?')
  const newest = db.prepare('SELECT position FROM sessions WHERE usage = ? ORDER BY position DESC LIMIT ?')
  const narrowed = db.prepare(`
    SELECT position FROM sessions WHERE usage = ?1 AND kid = coalesce(?2, kid) AND project_id = coalesce(?3, project_id)`)
  return ({ accountId, agentId, projectId, kid }, page) => {
    const account = packId(accountId)
    const agents = agentId === undefined ? agentsOf.all(account) : agentOf.all(account, packId(agentId))
    const ofEach = (statement: StatementSync, ...values: (Value | null)[]): number[] =>
      agents.flatMap(({ position }) => positionsOf(statement.all(Number(position), ...values))).sort((a, b) => b - a)
    if (kid !== undefined || projectId !== undefined) {
      return window(ofEach(narrowed, packOrNull(kid ?? null), packOrNull(projectId ?? null)), page)
    }
    const reach = Math.max(0, page.offset) + Math.max(0, page.limit)
    const total = agents.reduce((sum, { sessions }) => sum + Number(sessions), 0)
    return { rows: window(ofEach(newest, reach), page).rows, total }
  }
}

function window(rows: readonly number[], { offset, limit }: Page): Found {
  const from = Math.max(0, offset)
  return { rows: rows.slice(from, from + Math.max(0, limit)), total: rows.length }
}

function positionsOf(rows: readonly Record<string, unknown>[]): number[] {
  return rows.map(({ position }) => Number(position))
}
