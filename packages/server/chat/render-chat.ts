import type { Chat, StoredChatMessage } from '@parlor/conversation/chat'
import { renderCitation, renderToolCall } from './render-completion.ts'

/** A chat as `/rpc/chat.list` shows it (contracts 3.7). What is not known is left out: clients do not take null. */
export function renderChat({ id, title, endUserId, messages, createdAt, updatedAt }: Chat) {
  return {
    id,
    title: title ?? '',
    ...(endUserId !== null && { external_user_id: endUserId }),
    num_messages: messages,
    created_at: new Date(createdAt).toISOString(),
    updated_at: new Date(updatedAt).toISOString(),
  }
}

/** A message as `/rpc/chat.load` shows it: its calls are JSON in a text, as clients of this wire read them. */
export function renderMessage(message: StoredChatMessage) {
  const { id, seq, role, text, model = '', at, toolCalls, toolCallId, finish, citations } = message
  return {
    id,
    seq,
    role,
    content: text,
    model,
    created_at: new Date(at).toISOString(),
    ...(toolCalls !== undefined && { tool_calls: JSON.stringify(toolCalls.map(renderToolCall)) }),
    ...(toolCallId !== undefined && { tool_call_id: toolCallId }),
    ...(finish !== undefined && { finish_reason: finish }),
    ...(citations !== undefined && { citations: citations.map(renderCitation) }),
  }
}
