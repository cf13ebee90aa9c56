import type { LedgerEntry, Session, Visitor } from '@parlor/core/session'
import { idAsText, packId, readId, unpackId } from './pack-id.ts'

type Packed = Uint8Array | string

/** Every column of a session, its ids as text; in SQL. */
export const sessionColumns = [
  'position, kind, state, reason, created_at, expires_at, live_at, ended_at, settings, entries',
  ...['id', 'account_id', 'project_id', 'agent_id', 'key_id', 'jti', 'kid', 'bound_visitor_id'].map(idAsText),
].join(', ')

/** What `sessionColumns` reads. */
export interface SessionRow {
  position: number
  kind: Session['kind']
  state: Session['state']
  reason: Session['reason']
  created_at: number
  expires_at: number
  live_at: number | null
  ended_at: number | null
  settings: string
  entries: number
  id: string
  account_id: string
  project_id: string
  agent_id: string
  key_id: string | null
  jti: string
  kid: string
  bound_visitor_id: string | null
}

export interface LedgerRow {
  number: number
  at: number
  type: LedgerEntry['type']
  facts: string
}

export interface VisitorRow {
  id: Packed
  session_id: Packed
  resume_digest: string
  created_at: number
}

export function toSession(row: SessionRow): Session {
  return {
    id: readId(row.id),
    kind: row.kind,
    accountId: readId(row.account_id),
    projectId: readId(row.project_id),
    agentId: readId(row.agent_id),
    keyId: row.key_id === null ? null : readId(row.key_id),
    jti: readId(row.jti),
    kid: readId(row.kid),
    state: row.state,
    reason: row.reason,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    liveAt: row.live_at,
    endedAt: row.ended_at,
    settings: JSON.parse(row.settings),
    boundVisitorId: row.bound_visitor_id === null ? null : readId(row.bound_visitor_id),
    entries: row.entries,
  }
}

/** In the order of the columns of the insert. */
export function sessionValues(session: Session): (Packed | number | null)[] {
  return [
    packId(session.id),
    session.kind,
    packId(session.accountId),
    packId(session.projectId),
    packId(session.agentId),
    packOrNull(session.keyId),
    packId(session.jti),
    packId(session.kid),
    session.state,
    session.reason,
    session.createdAt,
    session.expiresAt,
    session.liveAt,
    session.endedAt,
    JSON.stringify(session.settings),
    packOrNull(session.boundVisitorId),
    session.entries,
  ]
}

export function packOrNull(id: string | null): Packed | null {
  return id === null ? null : packId(id)
}

export function toLedgerEntry(sessionId: string, row: LedgerRow): LedgerEntry {
  return { sessionId, number: row.number, at: row.at, type: row.type, facts: JSON.parse(row.facts) }
}

export function toVisitor(row: VisitorRow): Visitor {
  return {
    id: unpackId(row.id),
    sessionId: unpackId(row.session_id),
    resumeDigest: row.resume_digest,
    createdAt: row.created_at,
  }
}
