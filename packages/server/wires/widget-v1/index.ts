import type { App } from '../../http/app-types.ts'
import { registerAgents } from './agents.ts'
import { registerBrains } from './brains.ts'
import { registerCreateSession } from './create-session.ts'
import { registerEndSession } from './end-session.ts'
import { registerKnowledge } from './knowledge.ts'
import { registerParts } from './parts.ts'
import { registerReadSession } from './read-session.ts'
import type { WidgetWire } from './wire.ts'

export { renderWidgetError } from './render-error.ts'
export type { WidgetWire } from './wire.ts'

/** KonPro's widget sessions (contracts, section 1) over core's verbs. */
export function registerWidgetWire(app: App, wire: WidgetWire): void {
  registerCreateSession(app, wire)
  registerReadSession(app, wire)
  registerEndSession(app, wire)
  registerAgents(app, wire)
  registerParts(app, wire)
  registerBrains(app, wire)
  registerKnowledge(app, wire)
}
