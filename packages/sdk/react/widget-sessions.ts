import { createWidgetSession, getWidgetSessionStatus, revokeWidgetSession } from '../functions/index.ts'
import type {
  CreateWidgetSessionAnswer,
  CreateWidgetSessionRequest,
  GetWidgetSessionStatusAnswer,
  GetWidgetSessionStatusRequest,
  RevokeWidgetSessionAnswer,
  RevokeWidgetSessionRequest,
} from '../types/index.ts'
import { type MutationHooks, mutationHooks, type QueryHooks, queryHooks } from './operation-hooks.ts'

type Reading = QueryHooks<GetWidgetSessionStatusRequest, GetWidgetSessionStatusAnswer>
type Creating = MutationHooks<CreateWidgetSessionRequest, CreateWidgetSessionAnswer>
type Ending = MutationHooks<RevokeWidgetSessionRequest, RevokeWidgetSessionAnswer>

const reading: Reading = /* @__PURE__ */ queryHooks('widgetSessions', 'get', getWidgetSessionStatus)
const creating: Creating = /* @__PURE__ */ mutationHooks('widgetSessions', 'create', createWidgetSession)
const ending: Ending = /* @__PURE__ */ mutationHooks('widgetSessions', 'revoke', revokeWidgetSession)

/** A session: whether it is active, when it ends, what it allows. @example const { data } = useWidgetSession({ session_id: id }) */
export const useWidgetSession: Reading['useAsked'] = reading.useAsked
/** `['@parlor/sdk', 'widgetSessions', 'get', request]` */
export const queryKeyWidgetSession: Reading['queryKey'] = reading.queryKey
/** The query itself. @example const { data } = useSuspenseQuery(buildWidgetSessionQuery(client, { session_id: id })) */
export const buildWidgetSessionQuery: Reading['build'] = reading.build
/** Asks ahead, on a server too. @example await prefetchWidgetSession(queryClient, parlor, { session_id: id }) */
export const prefetchWidgetSession: Reading['prefetch'] = reading.prefetch
/** Lets all of them be asked for again. @example await invalidateWidgetSession(queryClient) */
export const invalidateWidgetSession: Reading['invalidate'] = reading.invalidate

/** Makes a session. @example useCreateWidgetSession().mutate({ request: { agentic_avatar_id: agentId } }) */
export const useCreateWidgetSession: Creating['useAsked'] = creating.useAsked
/** `['@parlor/sdk', 'widgetSessions', 'create']` */
export const mutationKeyCreateWidgetSession: Creating['mutationKey'] = creating.mutationKey
/** The mutation itself. @example const { mutate } = useMutation(buildCreateWidgetSessionMutation(client)) */
export const buildCreateWidgetSessionMutation: Creating['build'] = creating.build

/** Ends a session for good. @example useEndWidgetSession().mutate({ request: { session_id: id } }) */
export const useEndWidgetSession: Ending['useAsked'] = ending.useAsked
/** `['@parlor/sdk', 'widgetSessions', 'revoke']` */
export const mutationKeyEndWidgetSession: Ending['mutationKey'] = ending.mutationKey
/** The mutation itself. @example const { mutate } = useMutation(buildEndWidgetSessionMutation(client)) */
export const buildEndWidgetSessionMutation: Ending['build'] = ending.build
