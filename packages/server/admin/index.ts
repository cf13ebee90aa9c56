import type { App } from '../http/app-types.ts'
import { registerAccounts } from './accounts.ts'
import type { AdminPorts } from './admin-ports.ts'
import { registerAgents } from './agents.ts'
import { registerKeys } from './keys.ts'
import { registerOperator } from './operator.ts'
import { registerProjects } from './projects.ts'
import { registerSessions } from './sessions.ts'

export type { AdminPorts } from './admin-ports.ts'

/** What operators use, below `/admin/v1`: a core verb each. */
export function registerAdmin(app: App, ports: AdminPorts): void {
  registerAccounts(app, ports)
  registerProjects(app, ports)
  registerKeys(app, ports)
  registerAgents(app, ports)
  registerSessions(app, ports)
  registerOperator(app, ports)
}
