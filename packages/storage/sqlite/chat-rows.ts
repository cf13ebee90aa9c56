import type { Chat, ChatMessage, StoredChatMessage } from '@parlor/conversation/chat'
import { idAsText, packId, readId } from './pack-id.ts'
import { packOrNull } from './session-rows.ts'

/** Every column of a chat, its ids as text; in SQL. */
export const chatColumns = [
  'position, end_user_id, title, feedback, created_at, updated_at, messages, answered',
  ...['project_id', 'id', 'account_id', 'agent_id', 'session_id'].map(idAsText),
].join(', ')

/** What `chatColumns` reads. */
export interface ChatRow {
  position: number
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
}

export function toChat(row: ChatRow): Chat {
  return {
    id: readId(row.id),
    accountId: readId(row.account_id),
    projectId: readId(row.project_id),
    agentId: readId(row.agent_id),
    sessionId: row.session_id === null ? null : readId(row.session_id),
    endUserId: row.end_user_id,
    title: row.title,
    feedback: row.feedback,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    messages: row.messages,
  }
}

/** In the order of the columns of the insert. */
export function chatValues(chat: Omit<Chat, 'messages'>): (Uint8Array | string | number | null)[] {
  return [
    packId(chat.projectId),
    packId(chat.id),
    packId(chat.accountId),
    packId(chat.agentId),
    packOrNull(chat.sessionId),
    chat.endUserId,
    chat.title,
    chat.feedback,
    chat.createdAt,
    chat.updatedAt,
  ]
}

export function toChatMessage(row: Record<string, unknown>): StoredChatMessage {
  const message: ChatMessage = JSON.parse(String(row.body))
  return { ...message, seq: Number(row.seq) }
}
