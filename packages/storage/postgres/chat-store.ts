import type { Chat, ChatAppended, ChatStore } from '@parlor/conversation/chat'
import type { Access } from './access.ts'
import { type ChatRow, placeOf, toChat, toChatMessage } from './chat-rows.ts'
import { chatStatements } from './chat-statements.ts'
import { chatLister } from './list-chats.ts'
import { packOrNull } from './pack-id.ts'
import { talkFinder } from './session-talks.ts'
import { type ChatWish, writeChatAppends } from './write-chat-append.ts'

/** Above every number a message may have. */
const afterAll = 2 ** 31 - 1

/** Chats in Postgres. */
export function postgresChatStore(access: Access, share: number): ChatStore {
  const find = access.finder<ChatRow>(chatStatements.find, ({ place }) => place)
  const findTalk = talkFinder(access)
  const write = access.lane((wishes: ChatWish[]) => writeChatAppends(access, wishes, share), {
    atOnce: 1,
    most: 256,
    writes: true,
  })
  return {
    append: async (place, at, decide) => (await write({ place, at, decide })) as ChatAppended | null,
    findChat: async (projectId, chatId) => {
      const row = await find(placeOf(projectId, chatId))
      return row === null ? null : toChat(row)
    },
    readSums: async (sessionId) => {
      const id = packOrNull(sessionId)
      const row = id === null ? null : await findTalk(id)
      return { sessionMessages: row?.visitor_messages ?? 0, sessionTokens: row?.tokens ?? 0 }
    },
    listChats: chatLister(access),
    listMessages: async (projectId, chatId, { limit, afterSeq, beforeSeq = afterAll }) => {
      const [place, most] = [placeOf(projectId, chatId), Math.max(0, limit)]
      const below = Math.min(beforeSeq, afterAll)
      type MessageRow = { seq: number; body: string }
      if (afterSeq !== undefined) {
        const above = Math.min(afterSeq, afterAll)
        return (await access.ask<MessageRow>(chatStatements.firstAfter, [place, above, below, most])).map(toChatMessage)
      }
      return (await access.ask<MessageRow>(chatStatements.lastBefore, [place, below, most]))
        .map(toChatMessage)
        .reverse()
    },
    // In turn with what is appended.
    updateChat: async (projectId, chatId, change) =>
      (await write({ place: { projectId, chatId }, change })) as Chat | null,
  }
}
