export type { LiveState, TranscriptEntry } from '@parlor/live-client'
export { type CallOptions, NoAnswerError, ParlorCore, ParlorRequestError } from '../functions/index.ts'
export * from './agents.ts'
export * from './knowledge-bases.ts'
export type {
  CallError,
  MutationHookOptions,
  MutationVariables,
  ParlorMutation,
  ParlorQuery,
  QueryHookOptions,
} from './operation-hooks.ts'
export { ParlorProvider, type ParlorProviderProps, useParlorClient } from './parlor-provider.ts'
export * from './requests.ts'
export type { AnsweredSession, FetchSession, SessionAccess } from './session-access.ts'
export type { TalkOptions, TalkView } from './talk.ts'
export { type ParlorSession, useParlorSession } from './use-parlor-session.ts'
export * from './widget-sessions.ts'
