import { type MutationKey, type UseMutationResult, useMutation } from '@tanstack/react-query'
import type { CallError } from '../call-error.ts'
import type { GramCore } from '../core.ts'
import { chatSessionsCreate } from '../funcs/chatSessionsCreate.ts'
import { joinOptions, type MutationHookOptions } from '../hooks/hook-options.ts'
import { useGramContext } from '../hooks/provider.ts'
import type { CreateChatSessionRequest, CreateChatSessionSecurity, CreateResponseBody } from '../models.ts'
import type { RequestOptions } from '../options.ts'
import { unwrap } from '../result.ts'

export interface ChatSessionsCreateMutationVariables {
  request: CreateChatSessionRequest
  security?: CreateChatSessionSecurity | undefined
  options?: RequestOptions | undefined
}

export type ChatSessionsCreateMutationData = CreateResponseBody
export type ChatSessionsCreateMutationError = CallError

type HookOptions = MutationHookOptions<
  ChatSessionsCreateMutationData,
  ChatSessionsCreateMutationError,
  ChatSessionsCreateMutationVariables
>

/**
 * A mutation that makes a token. Its error is the one the standalone function has in its result.
 * @example
 * const { mutate, data } = useChatSessionsCreateMutation()
 * if (data === undefined) mutate({ request: { createRequestBody: { embedOrigin: 'https://www.example.com' } } })
 */
export function useChatSessionsCreateMutation(
  options?: HookOptions,
): UseMutationResult<
  ChatSessionsCreateMutationData,
  ChatSessionsCreateMutationError,
  ChatSessionsCreateMutationVariables
> {
  const client = useGramContext()
  return useMutation({ ...options, ...buildChatSessionsCreateMutation(client, options) })
}

/** Begins with the name the guide sets defaults under (contracts 3.8). */
export function mutationKeyChatSessionsCreate(): MutationKey {
  return ['@gram/client', 'chatSessions', 'create']
}

/** The same for TanStack Query without the hook. */
export function buildChatSessionsCreateMutation(
  client: GramCore,
  hookOptions?: RequestOptions,
): {
  mutationKey: MutationKey
  mutationFn: (variables: ChatSessionsCreateMutationVariables) => Promise<ChatSessionsCreateMutationData>
} {
  return {
    mutationKey: mutationKeyChatSessionsCreate(),
    mutationFn: ({ request, security, options }) =>
      unwrap(chatSessionsCreate(client, request, security, joinOptions(hookOptions, options))),
  }
}
