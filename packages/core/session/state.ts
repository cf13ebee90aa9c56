import type { EndReason, LedgerEntry, Session, Visitor } from './session.ts'

/**
 * The table of states, pure: `issued` (nobody came yet) → `live` (never falls back) → `ended` with one reason, for good.
 * Each function gives the changed session and what the ledger says of it, or null when nothing changes.
 */
export interface Change {
  session: Session
  entries: LedgerEntry[]
  /** A visitor to be stored with the change. */
  visitor?: Visitor
}

/** Whether a session is over at `now`, whether or not anybody wrote its expiry down yet. */
export function isOver(session: Session, now: number): boolean {
  return session.state === 'ended' || now >= session.expiresAt
}

/** Somebody came who is no visitor of their own: a call with the token. Null where somebody did before. */
export function goLive(session: Session, now: number): Change | null {
  if (session.state !== 'issued') return null
  const change: Change = { session: { ...session, state: 'live', liveAt: now }, entries: [] }
  note(change, 'live', now, {})
  return change
}

/** Somebody came. Binds a single-use session to its first visitor. The caller has judged that the session is not over. */
export function join(session: Session, visitor: Visitor, now: number): Change {
  const next = { ...session }
  const change: Change = { session: next, entries: [], visitor }
  if (session.settings.singleUse) next.boundVisitorId = visitor.id
  if (session.state === 'issued') {
    next.state = 'live'
    next.liveAt = now
    note(change, 'live', now, {})
  }
  note(change, 'visitor_joined', now, { visitor: visitor.id })
  return change
}

/**
 * Ends a session once. A wish that comes after the expiry finds an expired session, and that is what is written down.
 * `why` is what happened, in words for the customer.
 */
export function end(session: Session, wish: EndReason, now: number, why?: string): Change | null {
  if (session.state === 'ended') return null
  const overdue = now >= session.expiresAt
  if (wish === 'expired' && !overdue) return null
  const reason = overdue ? 'expired' : wish
  const next: Session = { ...session, state: 'ended', reason, endedAt: overdue ? session.expiresAt : now }
  const change: Change = { session: next, entries: [] }
  note(change, 'ended', now, { reason, ...(why !== undefined && reason === wish && { why }) })
  return change
}

function note(change: Change, type: LedgerEntry['type'], at: number, facts: Record<string, string>): void {
  change.session.entries += 1
  change.entries.push({ sessionId: change.session.id, number: change.session.entries, at, type, facts })
}
