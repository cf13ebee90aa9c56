/**
 * The widget wire as KonPro's own clients have it: docs/moving-from-konpro.md.
 * @module
 */
export * from '../fetch-client/index.ts'
export * from './apis.ts'
export * from './json.ts'
export * from './konpro.ts'
export * from './konpro-sdk.ts'
export type * from './models.ts'
export type * from './operations.ts'
export { ListAvatarsScopeEnum, ListBrainsScopeEnum, ListVoicesScopeEnum } from './operations.ts'
