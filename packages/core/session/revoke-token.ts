import { ParlorError } from '../errors/index.ts'
import { type AdmitTokenPorts, findTokenSession } from './admit-token.ts'
import type { Session, SessionKind } from './session.ts'
import { end } from './state.ts'

/**
 * Ends the session a token stands for, once: a token that is over already cannot be revoked (contracts 3.3), and of two calls
 * at once one is told so. When it resolves, or says so, nothing is served on the session any more.
 * @throws ParlorError `invalid_token`, `session_ended`, `forbidden` (another project's: it goes on working).
 */
export async function revokeToken(
  ports: AdmitTokenPorts,
  token: string,
  kind: SessionKind,
  projectId: string,
): Promise<void> {
  const found = await findTokenSession(ports, token, kind)
  if (found.state === 'ended') throw await isOver(ports, found)
  if (found.projectId !== projectId) {
    throw new ParlorError('forbidden', {
      message: 'This token belongs to another project, and only that one may revoke it. It goes on working.',
    })
  }
  let before = found
  const after = await ports.sessions.changeSession(found.id, (session) => {
    before = session
    return end(session, 'revoked', ports.clock.now())
  })
  if (after === null || before.state === 'ended' || after.reason === 'expired')
    throw await isOver(ports, after ?? found)
  await ports.fanOut.sessionEnded(after)
}

/** Whoever ended it may still be about it: this call does not answer before that is done. */
async function isOver({ fanOut }: AdmitTokenPorts, session: Session): Promise<ParlorError> {
  await fanOut.sessionEnded(session)
  return new ParlorError('session_ended', { facts: { reason: session.reason ?? 'expired' } })
}
