import { ParlorError } from '../errors/index.ts'
import { type AdmitTokenPorts, findTokenSession } from './admit-token.ts'
import { endSession } from './end-session.ts'
import type { SessionKind } from './session.ts'

/**
 * Ends the session a token stands for, once: a token that is over already cannot be revoked (contracts 3.3). When it
 * resolves, nothing is served on the session any more.
 * @throws ParlorError `invalid_token`, `session_ended`, `forbidden` (another project's: it goes on working).
 */
export async function revokeToken(
  ports: AdmitTokenPorts,
  token: string,
  kind: SessionKind,
  projectId: string,
): Promise<void> {
  const session = await findTokenSession(ports, token, kind)
  if (session.state === 'ended') {
    throw new ParlorError('session_ended', { facts: { reason: session.reason ?? 'expired' } })
  }
  if (session.projectId !== projectId) {
    throw new ParlorError('forbidden', {
      message: 'This token belongs to another project, and only that one may revoke it. It goes on working.',
    })
  }
  await endSession(ports, session.id, 'revoked')
}
