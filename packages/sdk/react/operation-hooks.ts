import {
  type InvalidateQueryFilters,
  type QueryClient,
  type QueryFunctionContext,
  type UseMutationOptions,
  type UseMutationResult,
  type UseQueryOptions,
  type UseQueryResult,
  useMutation,
  useQuery,
} from '@tanstack/react-query'
import {
  type CallOptions,
  type NoAnswerError,
  type ParlorCore,
  type ParlorRequestError,
  type Result,
  unwrap,
} from '../functions/index.ts'
import { useParlorClient } from './parlor-provider.ts'

/** Why a query or a mutation failed. */
export type CallError = ParlorRequestError | NoAnswerError

/** One operation, as `@parlor/sdk/functions` has it. */
type Run<Request, Answer> = (core: ParlorCore, request: Request, options?: CallOptions) => Promise<Result<Answer>>

/** A request all of whose fields may be left out may be left out itself. */
type Asked<Request, More extends unknown[]> =
  Record<string, never> extends Request ? [request?: Request, ...More] : [request: Request, ...More]

/** TanStack's options without what belongs to the operation, and how the call is made. */
export type QueryHookOptions<Answer> = Omit<UseQueryOptions<Answer, CallError>, 'queryKey' | 'queryFn'> & {
  call?: CallOptions
}

export type ParlorQueryKey = readonly ['@parlor/sdk', group: string, operation: string, request: unknown]

/** What `useQuery`, `useSuspenseQuery`, `ensureQueryData` and their like take. */
export interface ParlorQuery<Answer> {
  queryKey: ParlorQueryKey
  queryFn: (context: Pick<QueryFunctionContext, 'signal'>) => Promise<Answer>
  retry: false
}

export interface QueryHooks<Request, Answer> {
  queryKey(...asked: Asked<Request, []>): ParlorQueryKey
  build(client: ParlorCore, ...asked: Asked<Request, [call?: CallOptions]>): ParlorQuery<Answer>
  prefetch(queryClient: QueryClient, client: ParlorCore, ...asked: Asked<Request, [call?: CallOptions]>): Promise<void>
  /** All of them, whatever was asked. */
  invalidate(queryClient: QueryClient, filters?: Omit<InvalidateQueryFilters, 'queryKey'>): Promise<void>
  useAsked(...asked: Asked<Request, [options?: QueryHookOptions<Answer>]>): UseQueryResult<Answer, CallError>
}

/** The hook and its kin of an operation that reads. The client tries again itself, so TanStack does not. */
export function queryHooks<Request, Answer>(
  group: string,
  operation: string,
  run: Run<Request, Answer>,
): QueryHooks<Request, Answer> {
  const queryKey = (request: unknown = {}): ParlorQueryKey => ['@parlor/sdk', group, operation, request]
  const build = (client: ParlorCore, request: unknown = {}, call?: CallOptions): ParlorQuery<Answer> => ({
    queryKey: queryKey(request),
    // Left out, the request is one without fields, which `Asked` has made sure of.
    queryFn: ({ signal }) => unwrap(run(client, request as Request, { ...call, signal: both(signal, call?.signal) })),
    retry: false,
  })
  function useAsked(request?: unknown, { call, ...options }: QueryHookOptions<Answer> = {}) {
    const { queryKey, queryFn, retry } = build(useParlorClient(), request, call)
    return useQuery<Answer, CallError>({ retry, ...options, queryKey, queryFn })
  }
  return {
    queryKey,
    build,
    prefetch: (queryClient, client, ...[request, call]) => queryClient.prefetchQuery(build(client, request, call)),
    invalidate: (queryClient, filters) =>
      queryClient.invalidateQueries({ ...filters, queryKey: ['@parlor/sdk', group, operation] }),
    useAsked,
  }
}

function both(signal: AbortSignal, other: AbortSignal | undefined): AbortSignal {
  return other ? AbortSignal.any([signal, other]) : signal
}

/** What `mutate` takes. `call` goes before that of the hook. */
export interface MutationVariables<Request> {
  request: Request
  call?: CallOptions
}

/** TanStack's options without what belongs to the operation, and how the call is made. */
export type MutationHookOptions<Request, Answer> = Omit<
  UseMutationOptions<Answer, CallError, MutationVariables<Request>>,
  'mutationKey' | 'mutationFn'
> & { call?: CallOptions }

export type ParlorMutationKey = readonly ['@parlor/sdk', group: string, operation: string]

/** What `useMutation` takes. */
export interface ParlorMutation<Request, Answer> {
  mutationKey: ParlorMutationKey
  mutationFn: (variables: MutationVariables<Request>) => Promise<Answer>
}

export interface MutationHooks<Request, Answer> {
  mutationKey(): ParlorMutationKey
  build(client: ParlorCore, call?: CallOptions): ParlorMutation<Request, Answer>
  useAsked(
    options?: MutationHookOptions<Request, Answer>,
  ): UseMutationResult<Answer, CallError, MutationVariables<Request>>
}

/** The hook and its kin of an operation that changes something. */
export function mutationHooks<Request, Answer>(
  group: string,
  operation: string,
  run: Run<Request, Answer>,
): MutationHooks<Request, Answer> {
  const mutationKey = (): ParlorMutationKey => ['@parlor/sdk', group, operation]
  const build = (client: ParlorCore, usual?: CallOptions): ParlorMutation<Request, Answer> => ({
    mutationKey: mutationKey(),
    mutationFn: ({ request, call }) => unwrap(run(client, request, { ...usual, ...call })),
  })
  function useAsked({ call, ...options }: MutationHookOptions<Request, Answer> = {}) {
    return useMutation({ ...options, ...build(useParlorClient(), call) })
  }
  return { mutationKey, build, useAsked }
}
