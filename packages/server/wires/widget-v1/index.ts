import type { App } from '../../http/app-types.ts'
import { registerAgents } from './agents.ts'
import { registerAvatars } from './avatars.ts'
import { registerBrains } from './brains.ts'
import { registerCreateSession } from './create-session.ts'
import { registerEndSession } from './end-session.ts'
import { registerKeys } from './keys.ts'
import { registerKnowledge } from './knowledge.ts'
import { registerKnowledgeAliases } from './knowledge-aliases.ts'
import { registerModels } from './models.ts'
import { registerReadSession } from './read-session.ts'
import { registerRequests } from './requests.ts'
import { registerVoices } from './voices.ts'
import type { WidgetWire } from './wire.ts'

export { renderWidgetError } from './render-error.ts'
export type { WidgetWire } from './wire.ts'

/** KonPro's widget sessions (contracts, section 1) over core's verbs. */
export function registerWidgetWire(app: App, wire: WidgetWire): void {
  registerCreateSession(app, wire)
  registerReadSession(app, wire)
  registerEndSession(app, wire)
  registerAgents(app, wire)
  registerAvatars(app, wire)
  registerVoices(app, wire)
  registerBrains(app, wire)
  registerKnowledge(app, wire)
  registerKnowledgeAliases(app, wire)
  registerModels(app, wire)
  registerKeys(app, wire)
  registerRequests(app, wire)
}
