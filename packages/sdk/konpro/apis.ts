import { apiOf, type Secure } from '../fetch-client/operations.ts'
import * as operations from './operations.ts'

const byKey: Secure = async ({ apiKey }) => ({ 'X-API-Key': await apiKey?.('X-API-Key') })

/**
 * Widget sessions (contracts 1.3).
 * @example
 * const api = new WidgetApi(new Configuration({ basePath: 'https://parlor.example', apiKey: process.env.KONPRO_API_KEY }))
 * const { data } = await api.createWidgetSession({ widgetSessionCreate: { agenticAvatarId } })
 */
export class WidgetApi extends apiOf(operations.widgetOperations, byKey) {}

/** Agents: who appears, with which voice, and who answers. */
export class AgenticAvatarsApi extends apiOf(operations.agenticAvatarOperations, byKey) {}

/** Avatars: what an agent looks like. */
export class AvatarsApi extends apiOf(operations.avatarOperations, byKey) {}

/** Brains: who answers. Their answers keep the wire's names. */
export class BrainsApi extends apiOf(operations.brainOperations, byKey) {}

/** Voices. Their answers keep the wire's names. */
export class VoicesApi extends apiOf(operations.voiceOperations, byKey) {}

/** Knowledge bases. Their answers keep the wire's names. */
export class KnowledgeBasesApi extends apiOf(operations.knowledgeBaseOperations, byKey) {}

/** The models brains may name as `llmName`. */
export class LLMSApi extends apiOf(operations.llmOperations, byKey) {}

/** Whether a key is good. An unknown one is told `valid: false`. */
export class APIKeysApi extends apiOf(operations.apiKeyOperations, byKey) {}

/** How the server is. */
export class DefaultApi extends apiOf(operations.defaultOperations, byKey) {}
