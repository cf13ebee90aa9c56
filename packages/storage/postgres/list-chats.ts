import type { Chat, ChatFilter } from '@parlor/conversation/chat'
import type { Page, Paged } from '@parlor/core/agent'
import type { Access } from './access.ts'
import { type ChatRow, toChat, whoseOf } from './chat-rows.ts'
import { chatStatements } from './chat-statements.ts'
import { packId } from './pack-id.ts'

/**
 * Lists chats, the most recently changed first, of those changed at once the one begun last. A project's and a person's come from an
 * index in that order, and how many there are is known from the sums; a session's are few and sorted as they are found.
 */
export function chatLister({ ask }: Access): (filter: ChatFilter, page: Page) => Promise<Paged<Chat>> {
  return async ({ projectId, endUserId, sessionId }, { limit, offset }) => {
    const [most, from] = [Math.max(0, limit), Math.max(0, offset)]
    const [project, person] = [packId(projectId), endUserId === undefined ? null : packId(endUserId)]
    if (sessionId !== undefined) {
      const rows = await ask<ChatRow>(chatStatements.listOfSession, [packId(sessionId), project, person])
      return { items: rows.slice(from, from + most).map(toChat), total: rows.length }
    }
    const [rows, counted] = await Promise.all([
      person === null
        ? ask<ChatRow>(chatStatements.listOfProject, [most, from, project])
        : ask<ChatRow>(chatStatements.listOfPerson, [most, from, project, person]),
      ask<{ chats: number }>(chatStatements.total, [whoseOf(projectId, endUserId)]),
    ])
    return { items: rows.map(toChat), total: counted[0]?.chats ?? 0 }
  }
}
