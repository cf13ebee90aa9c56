import type { UseMutationOptions, UseQueryOptions } from '@tanstack/react-query'
import type { RequestOptions } from '../options.ts'

/** TanStack's options of a mutation, but for its key and its function, and those of a request. */
export type MutationHookOptions<Data = unknown, Failure = Error, Variables = void, OnMutate = unknown> = Omit<
  UseMutationOptions<Data, Failure, Variables, OnMutate>,
  'mutationKey' | 'mutationFn'
> &
  RequestOptions

/** The same for operations that read. Chat sessions have none. */
export type QueryHookOptions<Data = unknown, Failure = Error> = Omit<
  UseQueryOptions<Data, Failure>,
  'queryKey' | 'queryFn'
> &
  RequestOptions

/**
 * What a mutation is called with: the hook's options, and over them the call's. Nested `fetchOptions` are joined field by field, and
 * each signal that was given anywhere calls it off.
 */
export function joinOptions(hook: RequestOptions = {}, call: RequestOptions = {}): RequestOptions {
  const { signal: _, ...nested } = { ...hook.fetchOptions, ...call.fetchOptions }
  const given = [hook, hook.fetchOptions, call, call.fetchOptions].map((options) => options?.signal)
  const signal = AbortSignal.any(given.filter((one) => !!one))
  return { ...hook, ...call, fetchOptions: nested, signal }
}
