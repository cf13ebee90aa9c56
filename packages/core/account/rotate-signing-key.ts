import { endOpenSessions } from '../session/end-open-sessions.ts'
import type { EndSessionPorts } from '../session/end-session.ts'
import type { SigningKeys } from '../token/index.ts'
import type { Project } from './account.ts'

export interface RotatePorts extends EndSessionPorts {
  signingKeys: SigningKeys
}

/**
 * Gives a project a new signing key. `gracefully`: tokens of the old one are taken for a day more. `now`: they are refused at once,
 * and every session that was signed before is ended, as revoked, before the call returns. Resolves to how many were.
 */
export async function rotateSigningKey(
  ports: RotatePorts,
  project: Pick<Project, 'id' | 'accountId'>,
  when: 'gracefully' | 'now',
): Promise<number> {
  await ports.signingKeys.rotate(project.id, when)
  if (when === 'gracefully') return 0
  const { kid } = await ports.signingKeys.current(project.id)
  return endOpenSessions(
    ports,
    { accountId: project.accountId },
    (session) => session.projectId === project.id && session.kid !== kid,
  )
}
