import type { Clock } from '@parlor/core/time'
import type { ChatMessage, StoredChatMessage } from './chat.ts'
import type { ChatStore } from './chat-store.ts'
import type { ChatUser } from './chat-user.ts'
import type { ChatAnswer } from './compose-chat-answer.ts'

/** Where an answer belongs and what it is called. */
export interface ChatAnswerPlace {
  chatId: string
  messageId: string
  /** What the caller called the model. */
  model: string
  isForgotten: boolean
}

/**
 * Stores an answer and counts what it cost. One of which nothing came leaves its question unanswered. Resolves to the stored
 * message once it is durable; null where there is none.
 */
export async function storeChatAnswer(
  { chats, clock }: { chats: ChatStore; clock: Clock },
  user: ChatUser,
  place: ChatAnswerPlace,
  answer: ChatAnswer,
): Promise<StoredChatMessage | null> {
  const tokens = answer.usage.inputTokens + answer.usage.outputTokens
  const isEmpty = answer.text === '' && answer.toolCalls.length === 0
  const sessionId = user.session?.id ?? null
  const messages = isEmpty || place.isForgotten ? [] : [toMessage(place, answer, clock.now())]
  if (messages.length === 0 && (tokens === 0 || sessionId === null)) return null
  // What is not kept touches no chat.
  const chatId = place.isForgotten ? place.messageId : place.chatId
  const appended = await chats.append({ projectId: user.projectId, chatId, sessionId }, clock.now(), () => ({
    messages,
    tokens,
  }))
  return appended?.messages[0] ?? null
}

function toMessage({ messageId, model }: ChatAnswerPlace, answer: ChatAnswer, at: number): ChatMessage {
  const { text, citations, toolCalls, finish } = answer
  return {
    id: messageId,
    role: 'assistant',
    text,
    at,
    citations,
    finish,
    model,
    ...(toolCalls.length > 0 && { toolCalls }),
  }
}
