import { ParlorError } from '@parlor/core/errors'
import type { Session } from '@parlor/core/session'
import type { Chat } from './chat.ts'
import type { ChatFilter, ChatStore } from './chat-store.ts'

/** Who uses a project's chats: whoever holds a session's token, or, without a session, the project's own people. */
export interface ChatUser {
  accountId: string
  projectId: string
  session: Session | null
}

/** The person a session was made for; null where it names nobody in particular. */
export function personOf(session: Session | null): string | null {
  return session?.settings.endUserId || null
}

/**
 * The chats a user may see: a person's own in any session; whoever is nobody in particular, only those begun in the very
 * session; the project's own people, all (contracts C16).
 */
export function chatsOf({ projectId, session }: ChatUser): ChatFilter {
  if (session === null) return { projectId }
  const endUserId = personOf(session)
  return endUserId === null ? { projectId, sessionId: session.id } : { projectId, endUserId }
}

export function mayUse(user: ChatUser, chat: Chat): boolean {
  const { projectId, endUserId, sessionId } = chatsOf(user)
  if (chat.projectId !== projectId) return false
  if (endUserId !== undefined) return chat.endUserId === endUserId
  return sessionId === undefined || chat.sessionId === sessionId
}

/** A chat the user may see. @throws ParlorError `not_found` for an unknown one and for somebody else's alike. */
export async function findOwnChat(chats: Pick<ChatStore, 'findChat'>, user: ChatUser, id: string): Promise<Chat> {
  const chat = await chats.findChat(user.projectId, id)
  if (chat === null || !mayUse(user, chat)) throw noSuchChat()
  return chat
}

export function noSuchChat(): ParlorError {
  return new ParlorError('not_found', { message: 'There is no such chat, or it is not yours. List your chats.' })
}
