/**
 * The avatar wire as Equos's own clients have it: docs/moving-from-equos.md.
 * @module
 */
export * from '../fetch-client/index.ts'
export * from './apis.ts'
export * from './browser.ts'
export * from './equos.ts'
export * from './equos-client.ts'
export { EquosError } from './equos-error.ts'
export {
  CreateEquosSessionRequestFromJSON,
  CreateEquosSessionRequestFromJSONTyped,
  CreateEquosSessionRequestToJSON,
  CreateEquosSessionRequestToJSONTyped,
  CreateEquosSessionResponseFromJSON,
  CreateEquosSessionResponseFromJSONTyped,
  CreateEquosSessionResponseToJSON,
  CreateEquosSessionResponseToJSONTyped,
  EquosAgentFromJSON,
  EquosAgentFromJSONTyped,
  EquosAgentToJSON,
  EquosAgentToJSONTyped,
  EquosAvatarFromJSON,
  EquosAvatarFromJSONTyped,
  EquosAvatarToJSON,
  EquosAvatarToJSONTyped,
  EquosSessionFromJSON,
  EquosSessionFromJSONTyped,
  EquosSessionToJSON,
  EquosSessionToJSONTyped,
  instanceOfCreateEquosSessionRequest,
  instanceOfCreateEquosSessionResponse,
  instanceOfEquosAgent,
  instanceOfEquosAvatar,
  instanceOfEquosSession,
  instanceOfListEquosSessionsResponse,
  ListEquosSessionsResponseFromJSON,
  ListEquosSessionsResponseFromJSONTyped,
  ListEquosSessionsResponseToJSON,
  ListEquosSessionsResponseToJSONTyped,
} from './json.ts'
export * from './meeting-timers.ts'
export * from './models.ts'
export type * from './operations.ts'
export type * from './requests.ts'
