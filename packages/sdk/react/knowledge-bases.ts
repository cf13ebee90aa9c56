import { listKnowledgeBases } from '../functions/index.ts'
import type { ListKnowledgeBasesAnswer, ListKnowledgeBasesRequest } from '../types/index.ts'
import { type QueryHooks, queryHooks } from './operation-hooks.ts'

type Hooks = QueryHooks<ListKnowledgeBasesRequest, ListKnowledgeBasesAnswer>

const hooks: Hooks = /* @__PURE__ */ queryHooks('knowledgeBases', 'list', listKnowledgeBases)

/** A page of your knowledge bases. @example const { data } = useKnowledgeBases() */
export const useKnowledgeBases: Hooks['useAsked'] = hooks.useAsked
/** `['@parlor/sdk', 'knowledgeBases', 'list', request]` */
export const queryKeyKnowledgeBases: Hooks['queryKey'] = hooks.queryKey
/** The query itself. @example const { data } = useSuspenseQuery(buildKnowledgeBasesQuery(client)) */
export const buildKnowledgeBasesQuery: Hooks['build'] = hooks.build
/** Asks ahead, on a server too. @example await prefetchKnowledgeBases(queryClient, parlor) */
export const prefetchKnowledgeBases: Hooks['prefetch'] = hooks.prefetch
/** Lets all of them be asked for again. @example await invalidateKnowledgeBases(queryClient) */
export const invalidateKnowledgeBases: Hooks['invalidate'] = hooks.invalidate
