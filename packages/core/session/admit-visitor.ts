import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { ParlorError } from '../errors/index.ts'
import { type Clock, newId } from '../time/index.ts'
import type { Session, Visitor } from './session.ts'
import type { SessionStore } from './session-store.ts'
import { isOver, join } from './state.ts'

export interface AdmitVisitorPorts {
  sessions: SessionStore
  clock: Clock
}

export interface AdmittedVisitor {
  session: Session
  visitor: Visitor
  /** 128 random bits: with the token, the right to go on as this visitor. Told once, stored as a digest. */
  resumeKey: string
}

/**
 * Lets a new visitor in, or one that came before and holds its resume key. The first visitor makes the session live.
 * @throws ParlorError `session_ended` (with the fact `reason`), `session_bound` (single use, another visitor came first),
 * `invalid_visitor` (unknown, of another session, or wrong resume key).
 */
export async function admitVisitor(
  ports: AdmitVisitorPorts,
  session: Session,
  returning: { id: string; resumeKey: string } | null,
): Promise<AdmittedVisitor> {
  if (returning !== null) return welcomeBack(ports, session, returning)
  const resumeKey = randomBytes(16).toString('hex')
  const visitor: Visitor = {
    id: newId(ports.clock),
    sessionId: session.id,
    resumeDigest: digest(resumeKey),
    createdAt: ports.clock.now(),
  }
  const after = await ports.sessions.changeSession(session.id, (current) => {
    const now = ports.clock.now()
    refuseIfOver(current, now)
    if (current.settings.singleUse && current.boundVisitorId !== null) throw new ParlorError('session_bound')
    return join(current, visitor, now)
  })
  if (after === null) throw new ParlorError('invalid_token')
  return { session: after, visitor, resumeKey }
}

async function welcomeBack(
  ports: AdmitVisitorPorts,
  session: Session,
  returning: { id: string; resumeKey: string },
): Promise<AdmittedVisitor> {
  refuseIfOver(session, ports.clock.now())
  const visitor = await ports.sessions.findVisitor(returning.id)
  if (visitor === null || visitor.sessionId !== session.id || !sameDigest(visitor, returning.resumeKey)) {
    throw new ParlorError('invalid_visitor')
  }
  return { session, visitor, resumeKey: returning.resumeKey }
}

function refuseIfOver(session: Session, now: number): void {
  if (isOver(session, now)) throw new ParlorError('session_ended', { facts: { reason: session.reason ?? 'expired' } })
}

function sameDigest(visitor: Visitor, resumeKey: string): boolean {
  return timingSafeEqual(Buffer.from(digest(resumeKey)), Buffer.from(visitor.resumeDigest))
}

function digest(resumeKey: string): string {
  return createHash('sha256').update(resumeKey).digest('hex')
}
