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
 * Lists sessions, newest first. Open ones are few (a ceiling bounds them) and so are avatar sessions; both are found by their own
 * indexes. Of all others each agent's newest in each project are taken as far as the page reaches, from an index alone; how many
 * there are is known from the sums.
 */
export function sessionLister(db: DatabaseSync): (filter: SessionFilter, page: Page) => Paged<Session> {
  const find = db.prepare(`SELECT ${sessionColumns} FROM sessions WHERE position = ?`)
  const open = openFinder(db)
  const avatars = avatarFinder(db)
  const all = allFinder(db)
  return (filter, page) => {
    const search = filter.openAt !== undefined ? open : filter.kind === 'avatar' ? avatars : all
    const { rows, total } = search(filter, page)
    return { items: rows.map((row) => toSession(find.get(row) as unknown as SessionRow)), total }
  }
}

type Finder = (filter: SessionFilter, page: Page) => Found

function openFinder(db: DatabaseSync): Finder {
  return ({ accountId, openAt = 0, ...filter }, page) => {
    const { also, values } = narrowing(filter)
    // Spelled as the index of the rooms is.
    const from = filter.kind === 'avatar' ? "sessions_rooms WHERE kind = 'avatar' AND" : 'sessions_open WHERE'
    const rows = db
      .prepare(
        `SELECT position FROM sessions INDEXED BY ${from} account_id = ? AND expires_at > ? AND state <> 'ended' ${also}
        ORDER BY position DESC`,
      )
      .all(packId(accountId), openAt, ...values)
    return window(positionsOf(rows), page)
  }
}

function avatarFinder(db: DatabaseSync): Finder {
  return ({ accountId, kind: _, openAt: __, ...filter }, { offset, limit }) => {
    const { also, values } = narrowing(filter)
    const index = filter.endUserId === undefined ? 'sessions_avatar' : 'sessions_avatar_person'
    const from = `FROM sessions INDEXED BY ${index} WHERE account_id = ? AND kind = 'avatar' ${also}`
    const asked = [packId(accountId), ...values]
    const rows = db
      .prepare(`SELECT position ${from} ORDER BY position DESC LIMIT ? OFFSET ?`)
      .all(...asked, Math.max(0, limit), Math.max(0, offset))
    return { rows: positionsOf(rows), total: Number(db.prepare(`SELECT count(*) AS n ${from}`).get(...asked)?.n) }
  }
}

function allFinder(db: DatabaseSync): Finder {
  const sums = 'SELECT position, sessions FROM agent_usage'
  const agentsOf = db.prepare(`${sums} WHERE account_id = ?1 AND project_id = coalesce(?2, project_id)`)
  const agentOf = db.prepare(
    `${sums} WHERE account_id = ?1 AND project_id = coalesce(?2, project_id) AND agent_id = ?3`,
  )
  const newest = db.prepare('SELECT position FROM sessions WHERE usage = ? ORDER BY position DESC LIMIT ?')
  return ({ accountId, agentId, projectId, ...filter }, page) => {
    const account = packId(accountId)
    const project = packOrNull(projectId ?? null)
    const agents =
      agentId === undefined ? agentsOf.all(account, project) : agentOf.all(account, project, packId(agentId))
    const ofEach = (statement: StatementSync, asked: readonly Value[]): number[] =>
      agents.flatMap(({ position }) => positionsOf(statement.all(Number(position), ...asked))).sort((a, b) => b - a)
    const { also, values } = narrowing(filter)
    // What the sums do not know is looked for among all sessions of these agents.
    if (also !== '') {
      return window(ofEach(db.prepare(`SELECT position FROM sessions WHERE usage = ? ${also}`), values), page)
    }
    const reach = Math.max(0, page.offset) + Math.max(0, page.limit)
    const total = agents.reduce((sum, { sessions }) => sum + Number(sessions), 0)
    return { rows: window(ofEach(newest, [reach]), page).rows, total }
  }
}

/** What else a filter asks for, as conditions to be added to others. */
function narrowing(filter: Partial<SessionFilter>): { also: string; values: Value[] } {
  const { agentId, projectId, kid, keyId, kind, endUserId } = filter
  const conditions: string[] = []
  const values: Value[] = []
  const ask = (spelled: string, text: string | undefined, stored: (text: string) => Value): void => {
    if (text === undefined) return
    conditions.push(`AND ${spelled} = ?`)
    values.push(stored(text))
  }
  ask('agent_id', agentId, packId)
  ask('project_id', projectId, packId)
  ask('kid', kid, packId)
  ask('key_id', keyId, packId)
  ask('kind', kind, String)
  // As the JSON it was stored as; spelled as its index is.
  ask("settings -> 'endUserId'", endUserId, (text) => JSON.stringify(text))
  return { also: conditions.join(' '), values }
}

function window(rows: readonly number[], { offset, limit }: Page): Found {
  const from = Math.max(0, offset)
  return { rows: rows.slice(from, from + Math.max(0, limit)), total: rows.length }
}

function positionsOf(rows: readonly Record<string, unknown>[]): number[] {
  return rows.map(({ position }) => Number(position))
}
