import type { Page, Paged } from '@parlor/core/agent'
import type { Chat, ChatFeedback, ChatMessage, StoredChatMessage } from './chat.ts'

/** Which chat of which project, and the session it is used under; null for a key's. */
export interface ChatPlace {
  projectId: string
  chatId: string
  sessionId: string | null
}

/** What was said in a whole session, over its chats and transcripts. */
export interface SessionSums {
  /** Messages visitors sent; 0 without a session. */
  sessionMessages: number
  /** Tokens models used; 0 without a session. */
  sessionTokens: number
}

/** What a chat stands at. */
export interface ChatTail extends SessionSums {
  /** Null where there is none with this id in the project yet. */
  chat: Chat | null
  /** Its messages after the last of the assistant's: what has been asked and not answered, oldest first. */
  unanswered: readonly StoredChatMessage[]
}

/** What is to be written. Everything lands in one transaction. */
export interface ChatAppend {
  /**
   * Begins the chat; needed where {@link ChatTail.chat} is null, and only there. Its `messages` is counted by the store. Without
   * it and without messages, what is asked and used is counted in the session, and no chat is touched.
   */
  begins?: Omit<Chat, 'messages'>
  messages: readonly ChatMessage[]
  /** Added to the session's messages, a whole number from 0. Sums of the session's agent move with it. */
  asked?: number
  /** Tokens a model used for this, a whole number from 0; added to the session's. */
  tokens?: number
}

export interface ChatAppended {
  chat: Chat
  messages: StoredChatMessage[]
}

/** Whose chats of a project are meant: all of them, a person's in any session, or those begun in one session. */
export interface ChatFilter {
  projectId: string
  endUserId?: string
  sessionId?: string
}

/** Chats and what was said in them. Every promise resolves after the change is durable. */
export interface ChatStore {
  /**
   * Runs `decide` under the chat's lock and writes what it returns; null writes nothing and resolves to null, as does what
   * touches no chat; an error thrown by it undoes everything and is passed on. The limits of a session are read and moved in
   * the same transaction, so two calls at once cannot both be the last. The session is the one it is used under now, whichever
   * it began in.
   */
  append(place: ChatPlace, at: number, decide: (tail: ChatTail) => ChatAppend | null): Promise<ChatAppended | null>
  findChat(projectId: string, chatId: string): Promise<Chat | null>
  /** What a decision would be told of the session now; zeros for one nobody has talked in. */
  readSums(sessionId: string): Promise<SessionSums>
  /** The most recently changed first; of those changed at once, the one begun last. */
  listChats(filter: ChatFilter, page: Page): Promise<Paged<Chat>>
  /**
   * Messages with numbers above `afterSeq` and below `beforeSeq`, oldest first, at most `limit`: the first ones after
   * `afterSeq` where it is given, else the last ones.
   */
  listMessages(
    projectId: string,
    chatId: string,
    window: { limit: number; afterSeq?: number; beforeSeq?: number },
  ): Promise<StoredChatMessage[]>
  /** Overwrites what is given; `updatedAt` stays. Null when there is no such chat. */
  updateChat(
    projectId: string,
    chatId: string,
    change: { title?: string; feedback?: ChatFeedback },
  ): Promise<Chat | null>
}
