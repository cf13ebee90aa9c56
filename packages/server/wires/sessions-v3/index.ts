import type { App } from '../../http/app-types.ts'
import { registerAgents } from './agents.ts'
import { registerAvatars } from './avatars.ts'
import { registerBrains } from './brains.ts'
import { registerCharacters } from './characters.ts'
import { registerCreateSession } from './create-session.ts'
import { registerFaces } from './faces.ts'
import { registerKnowledgeBases } from './knowledge-bases.ts'
import { registerLimits } from './limits.ts'
import { registerListSessions } from './list-sessions.ts'
import { sessionMaker } from './make-session.ts'
import { registerPictures } from './pictures.ts'
import type { WirePlace } from './place.ts'
import { registerReadSession } from './read-session.ts'
import { registerStopSession } from './stop-session.ts'
import { registerUploads } from './uploads.ts'
import { registerVoices } from './voices.ts'
import type { AvatarWire } from './wire.ts'

export { avatarFamilies, renderAvatarError } from './render-error.ts'
export type { AvatarWire } from './wire.ts'

/** `/v1` has what no other wire has there (contracts E1, X1); all of it stands under `/equos/v1`, too. */
const wholePlaces: readonly WirePlace[] = [
  { prefix: '/v3', hide: false },
  { prefix: '/equos/v3', hide: true },
  { prefix: '/equos/v1', hide: true },
]
const aliasPlace: WirePlace = { prefix: '/v1', hide: true }

/** Equos's sessions and what they are made of (contracts, section 2) over core's verbs. */
export function registerAvatarWire(app: App, wire: AvatarWire): void {
  const make = sessionMaker(wire)
  for (const place of [...wholePlaces, aliasPlace]) {
    registerCreateSession(app, wire, place, make)
    registerReadSession(app, wire, place)
    registerListSessions(app, wire, place)
    registerStopSession(app, wire, place)
    registerLimits(app, place)
    registerAgents(app, wire, place)
  }
  for (const place of wholePlaces) {
    registerAvatars(app, wire, place)
    registerBrains(app, wire, place)
    registerFaces(app, wire, place)
    registerVoices(app, wire, place)
    registerCharacters(app, wire, place)
    registerKnowledgeBases(app, wire, place)
  }
  registerPictures(app, wire)
  registerUploads(app, wire)
}
