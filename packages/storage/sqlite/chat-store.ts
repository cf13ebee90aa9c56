import type { ChatPlace, ChatStore, ChatTail, SessionSums, StoredChatMessage } from '@parlor/conversation/chat'
import type { Access } from './access.ts'
import { type ChatRow, toChat, toChatMessage } from './chat-rows.ts'
import { type ChatStatements, chatStatements } from './chat-statements.ts'
import { chatLister } from './list-chats.ts'
import { packId } from './pack-id.ts'
import type { SessionTalks } from './session-talks.ts'
import { checkChatAppend, writeChatAppend } from './write-chat-append.ts'

/** Chats in SQLite. */
export function sqliteChatStore({ db, read, writeChecked }: Access, talks: SessionTalks): ChatStore {
  const statements = chatStatements(db)
  const list = chatLister(db)
  return {
    append: (place, at, decide) =>
      writeChecked(() => {
        const row = findRow(statements, place.projectId, place.chatId)
        const wanted = decide(tailOf(statements, talks, place, row))
        if (wanted === null) return null
        checkChatAppend(place, row !== null, wanted)
        const isMeant = row !== null || wanted.begins !== undefined
        const appended = isMeant ? writeChatAppend(statements, row, at, wanted) : null
        const { asked = 0, tokens = 0 } = wanted
        if (place.sessionId !== null) talks.add(place.sessionId, { messages: asked, tokens }, at)
        return appended
      }),
    findChat: (projectId, chatId) =>
      read(() => {
        const row = findRow(statements, projectId, chatId)
        return row === null ? null : toChat(row)
      }),
    readSums: (sessionId) => read(() => sumsOf(talks, sessionId)),
    listChats: (filter, page) => read(() => list(filter, page)),
    listMessages: (projectId, chatId, { limit, afterSeq, beforeSeq = Number.MAX_SAFE_INTEGER }) =>
      read(() => {
        const row = findRow(statements, projectId, chatId)
        if (row === null) return []
        const most = Math.max(0, limit)
        return afterSeq === undefined
          ? statements.lastBefore.all(row.position, beforeSeq, most).map(toChatMessage).reverse()
          : statements.firstAfter.all(row.position, afterSeq, beforeSeq, most).map(toChatMessage)
      }),
    updateChat: (projectId, chatId, change) =>
      writeChecked(() => {
        const row = findRow(statements, projectId, chatId)
        if (row === null) return null
        const { title = row.title, feedback = row.feedback } = change
        statements.describe.run(title, feedback, row.position)
        return toChat({ ...row, title, feedback })
      }),
  }
}

function findRow(statements: ChatStatements, projectId: string, chatId: string): ChatRow | null {
  return (statements.find.get(packId(projectId), packId(chatId)) as ChatRow | undefined) ?? null
}

function tailOf(statements: ChatStatements, talks: SessionTalks, place: ChatPlace, row: ChatRow | null): ChatTail {
  return {
    chat: row === null ? null : toChat(row),
    unanswered: row === null ? [] : unansweredIn(statements, row),
    ...(place.sessionId === null ? { sessionMessages: 0, sessionTokens: 0 } : sumsOf(talks, place.sessionId)),
  }
}

function sumsOf(talks: SessionTalks, sessionId: string): SessionSums {
  const { messages, tokens } = talks.read(sessionId)
  return { sessionMessages: messages, sessionTokens: tokens }
}

function unansweredIn(statements: ChatStatements, { position, answered, messages }: ChatRow): StoredChatMessage[] {
  return statements.firstAfter.all(position, answered, messages + 1, messages).map(toChatMessage)
}
