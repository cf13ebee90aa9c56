import type { Chat, ChatAppend, ChatAppended, ChatPlace, ChatTail } from '@parlor/conversation/chat'
import type { Access, Transaction } from './access.ts'
import { type ChatRow, placeOf, toChat, toChatMessage, whoseOf } from './chat-rows.ts'
import { chatStatements } from './chat-statements.ts'
import type { Outcome } from './group-commit.ts'
import { addAppend, type ChatChange, checkChatAppend, describe, type KeptChat, keptFrom } from './kept-chat.ts'
import { packOrNull } from './pack-id.ts'
import { type LockedTalks, lockSessionTalks } from './session-talks.ts'

/** A wish to append to a chat. */
interface AppendWish {
  place: ChatPlace
  at: number
  decide: (tail: ChatTail) => ChatAppend | null
}
/** A wish to append to a chat, or to describe it otherwise. */
export type ChatWish = AppendWish | { place: Omit<ChatPlace, 'sessionId'>; change: ChatChange }
export type ChatOutcome = Outcome<ChatAppended | Chat | null>

/** Decides on chats under their locks and writes in the same transaction; one after the other, each on what the one before it made. */
export function writeChatAppends(
  { transact }: Access,
  wishes: readonly ChatWish[],
  share: number,
): Promise<ChatOutcome[]> {
  return transact(async (transaction) => {
    const sessions = wishes.flatMap((wish) => ('decide' in wish ? (packOrNull(wish.place.sessionId) ?? []) : []))
    const talks = await lockSessionTalks(transaction, sessions, share)
    const chats = await lockChats(transaction, [...new Set(wishes.map(({ place }) => keyOf(place)))])
    const outcomes = wishes.map((wish) => grant(wish, chats, talks))
    writeChats(transaction, [...chats.values()])
    talks.write()
    return outcomes
  })
}

function keyOf({ projectId, chatId }: Omit<ChatPlace, 'sessionId'>): string {
  return placeOf(projectId, chatId)
}

async function lockChats({ ask }: Transaction, places: readonly string[]): Promise<Map<string, KeptChat>> {
  const rows = await ask<ChatRow>(chatStatements.lock, [places])
  const chats = new Map(rows.map((row) => [row.place, keptFrom(row)]))
  if (rows.length === 0) return chats
  type MessageRow = { chat: string; seq: number; body: string }
  for (const message of await ask<MessageRow>(chatStatements.unanswered, [rows.map(({ place }) => place)])) {
    chats.get(message.chat)?.unanswered.push(toChatMessage(message))
  }
  return chats
}

function grant(wish: ChatWish, chats: Map<string, KeptChat>, talks: LockedTalks): ChatOutcome {
  const kept = chats.get(keyOf(wish.place))
  try {
    if ('decide' in wish) return { value: append(wish, kept, chats, talks) }
    return { value: kept === undefined ? null : describe(kept, wish.change) }
  } catch (error) {
    return { error }
  }
}

function append(
  { place, at, decide }: AppendWish,
  kept: KeptChat | undefined,
  chats: Map<string, KeptChat>,
  talks: LockedTalks,
): ChatAppended | null {
  const session = packOrNull(place.sessionId)
  const said = session === null ? { messages: 0, tokens: 0 } : talks.read(session)
  const wanted = decide({
    chat: kept === undefined ? null : toChat(kept.row),
    unanswered: kept === undefined ? [] : [...kept.unanswered],
    sessionMessages: said.messages,
    sessionTokens: said.tokens,
  })
  if (wanted === null) return null
  checkChatAppend(place, kept !== undefined, wanted)
  const { asked = 0, tokens = 0 } = wanted
  if (session !== null) talks.add(session, { messages: asked, tokens }, at)
  if (kept === undefined && wanted.begins === undefined) return null
  const { chat, appended } = addAppend(kept, at, wanted)
  chats.set(keyOf(place), chat)
  return appended
}

function writeChats({ send }: Transaction, chats: readonly KeptChat[]): void {
  const begins = chats.filter((chat) => chat.begins !== null)
  if (begins.length > 0) insertChats(send, begins)
  const changed = chats.filter((chat) => chat.begins === null && chat.isChanged)
  if (changed.length > 0) {
    const column = <Name extends keyof ChatRow>(name: Name) => changed.map(({ row }) => row[name])
    send(chatStatements.change, [
      ...[column('place'), column('updated_at'), column('messages'), column('answered'), column('title')],
      column('feedback'),
    ])
  }
  const messages = chats.flatMap(({ row, added }) => added.map((message) => ({ place: row.place, ...message })))
  if (messages.length === 0) return
  send(chatStatements.insertMessages, [
    messages.map(({ place }) => place),
    messages.map(({ seq }) => seq),
    messages.map(({ body }) => body),
  ])
}

function insertChats(send: Transaction['send'], chats: readonly KeptChat[]): void {
  const column = <Name extends keyof ChatRow>(name: Name) => chats.map(({ row }) => row[name])
  send(chatStatements.insert, [
    ...[column('place'), column('project_id'), column('id'), column('account_id'), column('agent_id')],
    ...[column('session_id'), column('end_user_id'), column('title'), column('feedback'), column('created_at')],
    ...[column('updated_at'), column('messages'), column('answered'), column('odd')],
    chats.map(({ row }) => packOrNull(row.end_user_id)),
  ])
  const whose = chats.flatMap(({ begins }) => {
    if (begins === null) return []
    const { projectId, endUserId } = begins
    return [whoseOf(projectId), ...(endUserId === null ? [] : [whoseOf(projectId, endUserId)])]
  })
  send(chatStatements.addToTotals, [whose])
}
