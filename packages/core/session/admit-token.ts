import { ParlorError } from '../errors/index.ts'
import type { Clock } from '../time/index.ts'
import { parseJwt, type SigningKeys, signatureMatches } from '../token/index.ts'
import { type EndSessionPorts, endSession } from './end-session.ts'
import type { Session, SessionKind } from './session.ts'
import type { SessionStore } from './session-store.ts'

export interface AdmitTokenPorts extends EndSessionPorts {
  sessions: SessionStore
  signingKeys: SigningKeys
  clock: Clock
}

/**
 * The session a token stands for, whatever its state: the row found by `jti` decides. An expiry seen here is written down.
 * @throws ParlorError `invalid_token` for anything that is not an unexpired-or-ended session's own token of this kind.
 */
export async function findTokenSession(ports: AdmitTokenPorts, token: string, kind: SessionKind): Promise<Session> {
  const jwt = parseJwt(token)
  const key = jwt === null ? null : await ports.signingKeys.find(jwt.kid)
  if (jwt === null || key === null || !signatureMatches(jwt, key.key)) throw new ParlorError('invalid_token')
  const session = await ports.sessions.findSessionByJti(jwt.claims.jti)
  if (session === null || session.kind !== kind || session.kid !== jwt.kid || session.projectId !== key.projectId) {
    throw new ParlorError('invalid_token')
  }
  if (session.state !== 'ended' && ports.clock.now() >= session.expiresAt) {
    return (await endSession(ports, session.id, 'expired')) ?? session
  }
  return session
}
