import { listAgenticAvatars } from '../functions/index.ts'
import type { ListAgenticAvatarsAnswer, ListAgenticAvatarsRequest } from '../types/index.ts'
import { type QueryHooks, queryHooks } from './operation-hooks.ts'

type Hooks = QueryHooks<ListAgenticAvatarsRequest, ListAgenticAvatarsAnswer>

const hooks: Hooks = /* @__PURE__ */ queryHooks('agents', 'list', listAgenticAvatars)

/** A page of your agents. @example const { data } = useAgents({ page: 1 }) */
export const useAgents: Hooks['useAsked'] = hooks.useAsked
/** `['@parlor/sdk', 'agents', 'list', request]` */
export const queryKeyAgents: Hooks['queryKey'] = hooks.queryKey
/** The query itself. @example const { data } = useSuspenseQuery(buildAgentsQuery(client)) */
export const buildAgentsQuery: Hooks['build'] = hooks.build
/** Asks ahead, on a server too. @example await prefetchAgents(queryClient, parlor) */
export const prefetchAgents: Hooks['prefetch'] = hooks.prefetch
/** Lets all of them be asked for again. @example await invalidateAgents(queryClient) */
export const invalidateAgents: Hooks['invalidate'] = hooks.invalidate
