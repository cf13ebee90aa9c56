import { type Clock, newId } from '@parlor/core/time'
import type { ChatMessage } from './chat.ts'
import type { ChatAppend, ChatPlace, ChatStore, ChatTail, SessionSums } from './chat-store.ts'
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

export interface BeginPorts {
  chats: ChatStore
  clock: Clock
}

export interface BegunChatTurn {
  outcome: 'begun'
  /** The number of the chat's last message, which the answer follows. */
  base: number
}

/** So many questions before the last one, and tokens before the last, a session is far from its limits. */
const farMessages = 64
const farTokens = 20_000

/**
 * Looks, without storing anything, whether a question may be answered while it is still being stored: the session is so far from
 * its limits that calls at once cannot all be the last. @throws ParlorError `not_found` for somebody else's chat.
 */
export async function isFarFromLimits(
  { chats }: Pick<BeginPorts, 'chats'>,
  user: ChatUser,
  { chatId, isForgotten }: Pick<ChatQuestion, 'chatId' | 'isForgotten'>,
  rules: ChatRules,
): Promise<boolean> {
  // Neither has limits, nor chats that are somebody else's.
  if (user.session === null) return true
  const [{ sessionMessages, sessionTokens }, chat] = await Promise.all([
    chats.readSums(user.session.id),
    isForgotten ? null : chats.findChat(user.projectId, chatId),
  ])
  if (chat !== null && !mayUse(user, chat)) throw noSuchChat()
  return !isUsedUp({ sessionMessages: sessionMessages + farMessages, sessionTokens: sessionTokens + farTokens }, rules)
}

/**
 * Stores what is asked and counts it, in one transaction. The outcome `limit` has stored nothing: the session has had all it may
 * have. @throws ParlorError `not_found` for somebody else's chat.
 */
export async function beginChatTurn(
  ports: BeginPorts,
  user: ChatUser,
  question: ChatQuestion,
  rules: ChatRules,
): Promise<BegunChatTurn | { outcome: 'limit' }> {
  const { chats, clock } = ports
  if (question.isForgotten && user.session === null) return { outcome: 'begun', base: 0 }
  const now = clock.now()
  let isOver = false
  let base = 0
  await chats.append(placeOf(ports, user, question), now, (tail) => {
    if (tail.chat !== null && !mayUse(user, tail.chat)) throw noSuchChat()
    isOver = isUsedUp(tail, rules)
    if (isOver) return null
    const append = question.isForgotten ? { messages: [] } : describe(user, question, tail, { now, clock })
    base = (tail.chat?.messages ?? 0) + append.messages.length
    return { ...append, asked: 1 }
  })
  return isOver ? { outcome: 'limit' } : { outcome: 'begun', base }
}

/** What is not kept touches no chat. */
function placeOf({ clock }: BeginPorts, user: ChatUser, { isForgotten, chatId }: ChatQuestion): ChatPlace {
  return {
    projectId: user.projectId,
    chatId: isForgotten ? newId(clock) : chatId,
    sessionId: user.session?.id ?? null,
  }
}

function isUsedUp({ sessionMessages, sessionTokens }: SessionSums, rules: ChatRules): boolean {
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
