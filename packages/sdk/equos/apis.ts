import { RequiredError } from '../fetch-client/errors.ts'
import { apiOf, type Secure } from '../fetch-client/operations.ts'
import * as operations from './operations.ts'

const byKey: Secure = async ({ apiKey }) => ({ 'x-api-key': await apiKey?.('x-api-key') })

/** The vendor's client sends no credential here and is refused (E12); without a client key this one sends nothing at all. */
const byClientKey: Secure = async ({ accessToken }) => {
  if (!accessToken) throw new RequiredError('accessToken', 'Session passes take a client key: give it as accessToken.')
  return { Authorization: `Bearer ${await accessToken('clientAuth')}` }
}

/**
 * Avatar sessions (contracts 2.2).
 * @example
 * const api = new SessionsApi(new Configuration({ basePath: 'https://parlor.example', apiKey: process.env.EQUOS_API_KEY }))
 * const { session } = await api.sessionsControllerCreateV3({
 *   createEquosSessionRequest: { name: 'A visit', avatar: { id }, consumerIdentity: { identity: 'visitor-1', name: 'Visitor' } },
 * })
 */
export class SessionsApi extends apiOf(operations.sessionOperations, byKey) {}

/** The same from a page: under a client key, given as `accessToken` (contracts 2.3). */
export class SessionPassesApi extends apiOf(operations.sessionPassOperations, byClientKey) {}

/** Agents: who answers. */
export class AgentsApi extends apiOf(operations.agentOperations, byKey) {}

/** Avatars: who appears, under which identity. */
export class AvatarsApi extends apiOf(operations.avatarOperations, byKey) {}

/** What characters think with. */
export class BrainsApi extends apiOf(operations.brainOperations, byKey) {}

/** What characters look like. */
export class FacesApi extends apiOf(operations.faceOperations, byKey) {}

/** What characters sound like. */
export class VoicesApi extends apiOf(operations.voiceOperations, byKey) {}

/** A face, a voice and a brain under one name. */
export class CharactersApi extends apiOf(operations.characterOperations, byKey) {}

/** What answers are taken from. A document is announced, its bytes are PUT to the address that came, and then it is indexed. */
export class KnowledgeBasesApi extends apiOf(operations.knowledgeBaseOperations, byKey) {}

/** How many sessions, and how long. */
export class LimitsApi extends apiOf(operations.limitOperations, byKey) {}

/** How the server is; no key is sent. */
export class HealthApi extends apiOf(operations.healthOperations, async () => ({})) {}
