import { type Clock, newId } from '@parlor/core/time'
import type { ChatMessage } from './chat.ts'
import type { ChatAppend, ChatStore, ChatTail } from './chat-store.ts'
import { type ChatUser, mayUse, noSuchChat, personOf } from './chat-user.ts'
import { newMessages } from './new-messages.ts'
import type { SentMessage } from './read-talk.ts'

export interface ChatRules {
  /** Questions a session may ask; null for no limit. Each call of the model counts as one, a repeated one, too. */
  messagesPerSession: number | null
  /** Tokens models may use in one session; the question after the last of them is refused. Null for no limit. */
  tokensPerSession: number | null
}

/** What somebody asks for, and where it is to be kept. */
export interface ChatQuestion {
  chatId: string
  agentId: string
  said: readonly SentMessage[]
  /** Nothing of it is to be kept; it counts all the same. */
  isForgotten: boolean
}

export interface BegunChatTurn {
  outcome: 'begun'
  /** The number of the chat's last message, which the answer follows. */
  base: number
}

/**
 * Stores what is asked and counts it, in one transaction. `onDecided` is called as soon as nothing but a broken store can
 * prevent it, before it is durable. The outcome `limit` has stored nothing: the session has had all it may have.
 * @throws ParlorError `not_found` for somebody else's chat.
 */
export async function beginChatTurn(
  { chats, clock }: { chats: ChatStore; clock: Clock },
  user: ChatUser,
  question: ChatQuestion,
  rules: ChatRules,
  onDecided: () => void = () => {},
): Promise<BegunChatTurn | { outcome: 'limit' }> {
  const now = clock.now()
  // What is not kept touches no chat.
  const chatId = question.isForgotten ? newId(clock) : question.chatId
  const place = { projectId: user.projectId, chatId, sessionId: user.session?.id ?? null }
  if (question.isForgotten && place.sessionId === null) {
    onDecided()
    return { outcome: 'begun', base: 0 }
  }
  let isOver = false
  let base = 0
  await chats.append(place, now, (tail) => {
    if (tail.chat !== null && !mayUse(user, tail.chat)) throw noSuchChat()
    isOver = isUsedUp(tail, rules)
    if (isOver) return null
    const append = question.isForgotten ? { messages: [] } : describe(user, question, tail, { now, clock })
    base = (tail.chat?.messages ?? 0) + append.messages.length
    onDecided()
    return { ...append, asked: 1 }
  })
  return isOver ? { outcome: 'limit' } : { outcome: 'begun', base }
}

function isUsedUp({ sessionMessages, sessionTokens }: ChatTail, rules: ChatRules): boolean {
  const { messagesPerSession, tokensPerSession } = rules
  if (messagesPerSession !== null && sessionMessages >= messagesPerSession) return true
  return tokensPerSession !== null && sessionTokens >= tokensPerSession
}

function describe(
  { accountId, projectId, session }: ChatUser,
  { chatId, agentId, said }: ChatQuestion,
  tail: ChatTail,
  { now, clock }: { now: number; clock: Clock },
): ChatAppend {
  const fresh = tail.chat === null ? said : newMessages(said, tail.unanswered)
  const messages = fresh.map((message) => toMessage(message, now, newId(clock)))
  if (tail.chat !== null) return { messages }
  const begins = {
    id: chatId,
    accountId,
    projectId,
    agentId,
    sessionId: session?.id ?? null,
    endUserId: personOf(session),
    title: null,
    feedback: null,
    createdAt: now,
    updatedAt: now,
  }
  return { begins, messages }
}

function toMessage({ role, text, toolCalls, toolCallId }: SentMessage, at: number, id: string): ChatMessage {
  // Notes were left out before.
  const message: ChatMessage = { id, role: role === 'system' ? 'user' : role, text, at }
  return {
    ...message,
    ...(toolCalls !== undefined && toolCalls.length > 0 && { toolCalls }),
    ...(toolCallId !== undefined && { toolCallId }),
  }
}
