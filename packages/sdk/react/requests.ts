import { listRequests } from '../functions/index.ts'
import type { ListRequestsAnswer, ListRequestsRequest } from '../types/index.ts'
import { type QueryHooks, queryHooks } from './operation-hooks.ts'

type Hooks = QueryHooks<ListRequestsRequest, ListRequestsAnswer>

const hooks: Hooks = /* @__PURE__ */ queryHooks('requests', 'list', listRequests)

/** A page of what your keys asked lately, newest first. @example const { data } = useRequests({ page: 1 }) */
export const useRequests: Hooks['useAsked'] = hooks.useAsked
/** `['@parlor/sdk', 'requests', 'list', request]` */
export const queryKeyRequests: Hooks['queryKey'] = hooks.queryKey
/** The query itself. @example const { data } = useSuspenseQuery(buildRequestsQuery(client)) */
export const buildRequestsQuery: Hooks['build'] = hooks.build
/** Asks ahead, on a server too. @example await prefetchRequests(queryClient, parlor) */
export const prefetchRequests: Hooks['prefetch'] = hooks.prefetch
/** Lets all of them be asked for again. @example await invalidateRequests(queryClient) */
export const invalidateRequests: Hooks['invalidate'] = hooks.invalidate
