export type { MutationHookOptions, QueryHookOptions } from '../hooks/hook-options.ts'
export { GramProvider, type GramProviderProps, useGramContext } from '../hooks/provider.ts'
export * from './chatSessionsCreate.ts'
export * from './chatSessionsRevoke.ts'
