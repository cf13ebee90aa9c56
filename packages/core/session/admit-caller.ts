import type { AccountStore } from '../account/index.ts'
import { ParlorError } from '../errors/index.ts'
import { type Caller, judgeCaller } from '../origin/index.ts'
import { type AdmitTokenPorts, findTokenSession } from './admit-token.ts'
import type { Session, SessionKind } from './session.ts'
import { originPolicyOf } from './session-sites.ts'
import { goLive, isOver } from './state.ts'

export interface AdmitCallerPorts extends AdmitTokenPorts {
  accounts: Pick<AccountStore, 'findProject'>
  /** Whether Parlor is served over http: then its customers' pages may be. */
  httpAllowed: boolean
}

/**
 * The session a call may use by its token, from where it comes. Whoever comes first makes the session live.
 * @throws ParlorError `invalid_token`, `session_ended` (with the fact `reason`), `origin_refused` (with the facts `rule` and
 * `origin`), in this order: a token that is worth nothing is told so from anywhere.
 */
export async function admitCaller(
  ports: AdmitCallerPorts,
  token: string,
  kind: SessionKind,
  caller: Caller,
): Promise<Session> {
  const session = await findTokenSession(ports, token, kind)
  if (isOver(session, ports.clock.now())) throw ended(session)
  const project = await ports.accounts.findProject(session.projectId)
  if (project === null || project.deletedAt !== null) throw new ParlorError('invalid_token')
  const verdict = judgeCaller(originPolicyOf(session.settings, project, ports.httpAllowed), caller)
  if (!verdict.allowed) {
    const { rule, origin, message } = verdict
    throw new ParlorError('origin_refused', { message, facts: { rule, origin } })
  }
  return session.state === 'issued' ? begin(ports, session) : session
}

async function begin(ports: AdmitCallerPorts, session: Session): Promise<Session> {
  const now = ports.clock.now()
  const after = await ports.sessions.changeSession(session.id, (current) => {
    if (isOver(current, now)) throw ended(current)
    return goLive(current, now)
  })
  return after ?? session
}

function ended({ reason }: Session): ParlorError {
  return new ParlorError('session_ended', { facts: { reason: reason ?? 'expired' } })
}
