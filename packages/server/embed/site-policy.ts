import type { AccountStore } from '@parlor/core/account'
import type { OriginPolicy } from '@parlor/core/origin'
import { originPolicyOf, type Session, type SessionStore } from '@parlor/core/session'
import { allowsHttp } from '../http/allows-http.ts'

export interface SitePolicyPorts {
  accounts: Pick<AccountStore, 'findProject'>
  sessions: Pick<SessionStore, 'findSession'>
  publicUrl: URL
}

/** Who may embed a widget session, by its id; null when there is no such session. */
export async function findSitePolicy(
  ports: SitePolicyPorts,
  sessionId: string,
): Promise<{ session: Session; policy: OriginPolicy } | null> {
  const session = await ports.sessions.findSession(sessionId)
  if (session === null || session.kind !== 'widget') return null
  const project = await ports.accounts.findProject(session.projectId)
  if (project === null) return null
  return { session, policy: originPolicyOf(session.settings, project, allowsHttp(ports.publicUrl)) }
}
