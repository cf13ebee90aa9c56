import type { Chat, ChatMessage, StoredChatMessage } from '@parlor/conversation/chat'
import { oddIds, packId, packOrNull, withOddIds } from './pack-id.ts'

export interface ChatRow {
  place: string
  project_id: string
  id: string
  account_id: string
  agent_id: string
  session_id: string | null
  end_user_id: string | null
  title: string | null
  feedback: Chat['feedback']
  created_at: number
  updated_at: number
  messages: number
  answered: number
  odd: string | null
}

export function toChat(row: ChatRow): Chat {
  const chat: Chat = {
    id: row.id,
    accountId: row.account_id,
    projectId: row.project_id,
    agentId: row.agent_id,
    sessionId: row.session_id,
    endUserId: row.end_user_id,
    title: row.title,
    feedback: row.feedback,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    messages: row.messages,
  }
  return withOddIds(chat, row.odd)
}

/** A chat that begins, without messages. */
export function fromChat(chat: Omit<Chat, 'messages'>): ChatRow {
  const { id, accountId, projectId, agentId, sessionId } = chat
  return {
    place: placeOf(projectId, id),
    project_id: packId(projectId),
    id: packId(id),
    account_id: packId(accountId),
    agent_id: packId(agentId),
    session_id: packOrNull(sessionId),
    end_user_id: chat.endUserId,
    title: chat.title,
    feedback: chat.feedback,
    created_at: chat.createdAt,
    updated_at: chat.updatedAt,
    messages: 0,
    answered: 0,
    odd: oddIds({ id, accountId, projectId, agentId, sessionId }),
  }
}

/** Where a chat stands among all projects'. */
export function placeOf(projectId: string, chatId: string): string {
  return packId(JSON.stringify([projectId, chatId]))
}

/** Whose chats are counted: a project's, or a person's in it. */
export function whoseOf(projectId: string, endUserId?: string): string {
  return packId(JSON.stringify(endUserId === undefined ? [projectId] : [projectId, endUserId]))
}

export function toChatMessage({ seq, body }: { seq: number; body: string }): StoredChatMessage {
  const message: ChatMessage = JSON.parse(body)
  return { ...message, seq }
}
