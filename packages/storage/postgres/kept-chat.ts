import type {
  Chat,
  ChatAppend,
  ChatAppended,
  ChatFeedback,
  ChatPlace,
  StoredChatMessage,
} from '@parlor/conversation/chat'
import { type ChatRow, fromChat, toChat } from './chat-rows.ts'

export interface ChatChange {
  title?: string
  feedback?: ChatFeedback
}

/** A chat while a group of wishes is decided, and what is to be written of it. */
export interface KeptChat {
  row: ChatRow
  /** What it begins as, where it begins in this transaction. */
  begins: Omit<Chat, 'messages'> | null
  isChanged: boolean
  /** Messages after the last of the assistant's. */
  unanswered: StoredChatMessage[]
  added: { seq: number; body: string }[]
}

export function keptFrom(row: ChatRow): KeptChat {
  return { row, begins: null, isChanged: false, unanswered: [], added: [] }
}

/** Throws where an append does not fit the chat it is for: a mistake in the code, found before anything is changed. */
export function checkChatAppend(place: ChatPlace, isBegun: boolean, wanted: ChatAppend): void {
  const { begins, asked = 0, tokens = 0 } = wanted
  const refuse = (fault: string) => new Error(`Chat ${place.chatId} of project ${place.projectId} ${fault}.`)
  if (isBegun && begins !== undefined) throw refuse('is begun already')
  if (!isBegun && begins === undefined && wanted.messages.length > 0) throw refuse('was never begun')
  if (begins !== undefined && (begins.id !== place.chatId || begins.projectId !== place.projectId)) {
    throw refuse('would begin as another')
  }
  for (const count of [asked, tokens]) {
    if (!Number.isSafeInteger(count) || count < 0) throw refuse(`cannot count ${count}`)
  }
}

/** Adds an append that was decided on and checked to what is to be written; begins the chat where there is none. */
export function addAppend(
  kept: KeptChat | undefined,
  at: number,
  { begins, messages }: ChatAppend,
): { chat: KeptChat; appended: ChatAppended } {
  // What cannot be written as JSON throws here, where nothing is changed yet.
  const bodies = messages.map((message) => JSON.stringify(message))
  const chat = kept ?? begun(begins as Omit<Chat, 'messages'>)
  const row = { ...chat.row }
  const stored = messages.map((message, index): StoredChatMessage => {
    row.messages += 1
    if (message.role === 'assistant') row.answered = row.messages
    chat.added.push({ seq: row.messages, body: bodies[index] as string })
    const one = { ...message, seq: row.messages }
    chat.unanswered = message.role === 'assistant' ? [] : [...chat.unanswered, one]
    return one
  })
  if (stored.length > 0) {
    row.updated_at = Math.max(row.updated_at, at)
    chat.isChanged = true
  }
  chat.row = row
  return { chat, appended: { chat: toChat(row), messages: stored } }
}

/** Overwrites what is given. */
export function describe(chat: KeptChat, { title, feedback }: ChatChange): Chat {
  chat.row = { ...chat.row, title: title ?? chat.row.title, feedback: feedback ?? chat.row.feedback }
  chat.isChanged = true
  return toChat(chat.row)
}

function begun(begins: Omit<Chat, 'messages'>): KeptChat {
  return { ...keptFrom(fromChat(begins)), begins }
}
