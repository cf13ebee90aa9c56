import type { App } from '../../http/app-types.ts'
import { registerCreateKey } from './create-key.ts'
import { registerCreateProject } from './create-project.ts'
import { registerCreateSession } from './create-session.ts'
import { registerDeleteProject } from './delete-project.ts'
import { registerGetProject } from './get-project.ts'
import { registerListAllowedOrigins } from './list-allowed-origins.ts'
import { registerListKeys } from './list-keys.ts'
import { registerListProjects } from './list-projects.ts'
import { registerRevokeKey } from './revoke-key.ts'
import { registerRevokeSession } from './revoke-session.ts'
import { registerSetStrictOrigins } from './set-strict-origins.ts'
import { registerUpsertAllowedOrigin } from './upsert-allowed-origin.ts'
import { registerVerifyKey } from './verify-key.ts'
import type { ChatWire } from './wire.ts'

export { renderChatError } from './render-error.ts'
export type { ChatWire } from './wire.ts'

/** Gram's chat sessions (contracts, section 3) over core's verbs. */
export function registerChatWire(app: App, wire: ChatWire): void {
  registerCreateSession(app, wire)
  registerRevokeSession(app, wire)
  registerCreateKey(app, wire)
  registerListKeys(app, wire)
  registerRevokeKey(app, wire)
  registerVerifyKey(app, wire)
  registerListProjects(app, wire)
  registerGetProject(app, wire)
  registerCreateProject(app, wire)
  registerDeleteProject(app, wire)
  registerListAllowedOrigins(app, wire)
  registerUpsertAllowedOrigin(app, wire)
  registerSetStrictOrigins(app, wire)
}
