import { endOpenSessions } from '../session/end-open-sessions.ts'
import type { EndSessionPorts } from '../session/end-session.ts'
import { markDeleted } from './change-project.ts'
import type { AccountPorts } from './create-account.ts'

export interface DeleteProjectPorts extends AccountPorts, EndSessionPorts {}

/**
 * Deletes a project for good: nothing new begins in it, the keys bound to it are disabled, and its open sessions are ended, as
 * revoked, before the call returns. Deleting it again finishes what a crash left. Resolves to how many sessions were ended.
 * @throws ParlorError `not_found` when the account has no such project, `conflict` for the default one.
 */
export async function deleteProject(ports: DeleteProjectPorts, accountId: string, projectId: string): Promise<number> {
  const now = ports.clock.now()
  await markDeleted(ports, accountId, projectId, now)
  const keys = await ports.accounts.listKeys(accountId)
  const bound = keys.filter((key) => key.projectId === projectId && !key.isAccountWide && key.disabledAt === null)
  await Promise.all(bound.map(({ id }) => ports.accounts.disableKey(accountId, id, now)))
  return endOpenSessions(ports, { accountId, projectId })
}
