import { type MutationKey, type UseMutationResult, useMutation } from '@tanstack/react-query'
import type { CallError } from '../call-error.ts'
import type { GramCore } from '../core.ts'
import { chatSessionsRevoke } from '../funcs/chatSessionsRevoke.ts'
import { joinOptions, type MutationHookOptions } from '../hooks/hook-options.ts'
import { useGramContext } from '../hooks/provider.ts'
import type { RevokeChatSessionRequest, RevokeChatSessionSecurity } from '../models.ts'
import type { RequestOptions } from '../options.ts'
import { unwrap } from '../result.ts'

export interface ChatSessionsRevokeMutationVariables {
  request: RevokeChatSessionRequest
  security?: RevokeChatSessionSecurity | undefined
  options?: RequestOptions | undefined
}

// biome-ignore lint/suspicious/noConfusingVoidType: it is what the function resolves to (contracts 3.8).
export type ChatSessionsRevokeMutationData = void
export type ChatSessionsRevokeMutationError = CallError

type HookOptions = MutationHookOptions<
  ChatSessionsRevokeMutationData,
  ChatSessionsRevokeMutationError,
  ChatSessionsRevokeMutationVariables
>

/**
 * A mutation that makes a token worth nothing. Its error is the one the standalone function has in its result.
 * @example
 * const { mutate, isSuccess } = useChatSessionsRevokeMutation()
 * const leave = (token: string) => mutate({ request: { token } })
 */
export function useChatSessionsRevokeMutation(
  options?: HookOptions,
): UseMutationResult<
  ChatSessionsRevokeMutationData,
  ChatSessionsRevokeMutationError,
  ChatSessionsRevokeMutationVariables
> {
  const client = useGramContext()
  return useMutation({ ...options, ...buildChatSessionsRevokeMutation(client, options) })
}

/** Begins with the name the guide sets defaults under (contracts 3.8). */
export function mutationKeyChatSessionsRevoke(): MutationKey {
  return ['@gram/client', 'chatSessions', 'revoke']
}

/** The same for TanStack Query without the hook. */
export function buildChatSessionsRevokeMutation(
  client: GramCore,
  hookOptions?: RequestOptions,
): {
  mutationKey: MutationKey
  mutationFn: (variables: ChatSessionsRevokeMutationVariables) => Promise<ChatSessionsRevokeMutationData>
} {
  return {
    mutationKey: mutationKeyChatSessionsRevoke(),
    mutationFn: ({ request, security, options }) =>
      unwrap(chatSessionsRevoke(client, request, security, joinOptions(hookOptions, options))),
  }
}
