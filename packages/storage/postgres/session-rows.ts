import type { LedgerEntry, Session, Visitor } from '@parlor/core/session'
import { oddIds, withOddIds } from './pack-id.ts'

/** Every column of a session but its place; in SQL. */
export const sessionColumns = [
  'id, kind, account_id, project_id, agent_id, key_id, jti, kid, state, reason, created_at, expires_at, live_at, ended_at',
  'settings, bound_visitor_id, entries, odd',
].join(', ')

/** An avatar session that is not ended; spelled as its index is, and as no other. */
export const isOpenRoom = "kind = 'avatar' AND coalesce(ended_at, -1) = -1"

/** What `sessionColumns` reads. */
export interface SessionRow {
  id: string
  kind: Session['kind']
  account_id: string
  project_id: string
  agent_id: string
  key_id: string | null
  jti: string
  kid: string
  state: Session['state']
  reason: Session['reason']
  created_at: number
  expires_at: number
  live_at: number | null
  ended_at: number | null
  settings: string
  bound_visitor_id: string | null
  entries: number
  odd: string | null
}

export interface LedgerRow {
  number: number
  at: number
  type: LedgerEntry['type']
  facts: string
}

export interface VisitorRow {
  id: string
  session: string
  resume_digest: string
  created_at: number
  odd: string | null
}

export function toSession(row: SessionRow): Session {
  const session: Session = {
    id: row.id,
    kind: row.kind,
    accountId: row.account_id,
    projectId: row.project_id,
    agentId: row.agent_id,
    keyId: row.key_id,
    jti: row.jti,
    kid: row.kid,
    state: row.state,
    reason: row.reason,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    liveAt: row.live_at,
    endedAt: row.ended_at,
    settings: JSON.parse(row.settings),
    boundVisitorId: row.bound_visitor_id,
    entries: row.entries,
  }
  return withOddIds(session, row.odd)
}

export function oddIdsOf(session: Session): string | null {
  const { id, accountId, projectId, agentId, keyId, jti, kid, boundVisitorId } = session
  return oddIds({ id, accountId, projectId, agentId, keyId, jti, kid, boundVisitorId })
}

export function toLedgerEntry(sessionId: string, row: LedgerRow): LedgerEntry {
  return { sessionId, number: row.number, at: row.at, type: row.type, facts: JSON.parse(row.facts) }
}

export function toVisitor(row: VisitorRow): Visitor {
  const visitor = { id: row.id, sessionId: row.session, resumeDigest: row.resume_digest, createdAt: row.created_at }
  return withOddIds(visitor, row.odd)
}
