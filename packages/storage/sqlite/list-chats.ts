import type { DatabaseSync } from 'node:sqlite'
import type { Chat, ChatFilter } from '@parlor/conversation/chat'
import type { Page, Paged } from '@parlor/core/agent'
import { type ChatRow, chatColumns, toChat } from './chat-rows.ts'
import { packId } from './pack-id.ts'

type List = (filter: ChatFilter, page: Page) => Paged<Chat>

/**
 * Lists chats, the most recently changed first, of those changed at once the one begun last. A project's and a person's come
 * from an index in that order, and how many there are is known from the sums; a session's are few and sorted as they are found.
 */
export function chatLister(db: DatabaseSync): List {
  const inOrder = 'ORDER BY updated_at DESC, position DESC LIMIT ? OFFSET ?'
  const ofProject = db.prepare(`SELECT ${chatColumns} FROM chats WHERE project_id = ? ${inOrder}`)
  const ofPerson = db.prepare(`SELECT ${chatColumns} FROM chats WHERE project_id = ? AND end_user_id = ? ${inOrder}`)
  const total = db.prepare('SELECT chats FROM chat_totals WHERE project_id = ? AND person = ?')
  const ofSession = sessionLister(db)
  return (filter, page) => {
    if (filter.sessionId !== undefined) return ofSession(filter, page)
    const project = packId(filter.projectId)
    const window = [Math.max(0, page.limit), Math.max(0, page.offset)]
    const { endUserId } = filter
    const rows =
      endUserId === undefined ? ofProject.all(project, ...window) : ofPerson.all(project, endUserId, ...window)
    const counted = total.get(project, endUserId === undefined ? '' : personKey(endUserId))
    return { items: rows.map(chatOf), total: Number(counted?.chats ?? 0) }
  }
}

/** How a person is named in `chat_totals`. */
export function personKey(endUserId: string): string {
  return `=${endUserId}`
}

function sessionLister(db: DatabaseSync): List {
  const find = db.prepare(`
    SELECT ${chatColumns} FROM chats INDEXED BY chats_by_session
    WHERE session_id = ?1 AND project_id = ?2 AND (?3 IS NULL OR end_user_id = ?3)
    ORDER BY updated_at DESC, position DESC`)
  return ({ projectId, endUserId, sessionId = '' }, page) => {
    const rows = find.all(packId(sessionId), packId(projectId), endUserId ?? null)
    const from = Math.max(0, page.offset)
    return { items: rows.slice(from, from + Math.max(0, page.limit)).map(chatOf), total: rows.length }
  }
}

function chatOf(row: unknown): Chat {
  // What `chatColumns` reads.
  return toChat(row as ChatRow)
}
