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
 * each agent's newest in each project are taken as far as the page reaches, from an index alone; how many there are is known
 * from the sums.
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
  const sums = 'SELECT position, sessions FROM agent_usage'
  const agentsOf = db.prepare(`${sums} WHERE account_id = ?1 AND project_id = coalesce(?2, project_id)`)
  const agentOf = db.prepare(
    `${sums} WHERE account_id = ?1 AND project_id = coalesce(?2, project_id) AND agent_id = ?3`,
  )
  const newest = db.prepare('SELECT position FROM sessions WHERE usage = ? ORDER BY position DESC LIMIT ?')
  const underKey = db.prepare('SELECT position FROM sessions WHERE usage = ? AND kid = ?')
  return ({ accountId, agentId, projectId, kid }, page) => {
    const account = packId(accountId)
    const project = packOrNull(projectId ?? null)
    const agents =
      agentId === undefined ? agentsOf.all(account, project) : agentOf.all(account, project, packId(agentId))
    const ofEach = (statement: StatementSync, value: Value): number[] =>
      agents.flatMap(({ position }) => positionsOf(statement.all(Number(position), value))).sort((a, b) => b - a)
    if (kid !== undefined) return window(ofEach(underKey, packId(kid)), page)
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
