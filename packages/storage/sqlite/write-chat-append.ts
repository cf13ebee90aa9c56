import type { ChatAppend, ChatAppended, ChatPlace, StoredChatMessage } from '@parlor/conversation/chat'
import { type ChatRow, chatValues, toChat } from './chat-rows.ts'
import type { ChatStatements } from './chat-statements.ts'
import { personKey } from './list-chats.ts'
import { packId } from './pack-id.ts'

type Beginning = NonNullable<ChatAppend['begins']>

/** Throws where an append does not fit the chat it is for: a mistake in the code, found before anything is written. */
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

/** Writes an append that was decided on and checked, but for the session's sums. Runs inside a write. */
export function writeChatAppend(
  statements: ChatStatements,
  row: ChatRow | null,
  at: number,
  { begins, messages }: ChatAppend,
): ChatAppended {
  // What cannot be written as JSON throws here, where nothing is changed yet.
  const bodies = messages.map((message) => JSON.stringify(message))
  const before = row ?? begin(statements, begins as Beginning)
  const after = { ...before }
  const stored = messages.map((message, index): StoredChatMessage => {
    after.messages += 1
    if (message.role === 'assistant') after.answered = after.messages
    statements.insertMessage.run(before.position, after.messages, bodies[index] as string)
    return { ...message, seq: after.messages }
  })
  if (stored.length > 0) {
    after.updated_at = Math.max(before.updated_at, at)
    statements.moveOn.run(after.updated_at, after.messages, after.answered, before.position)
  }
  return { chat: toChat(after), messages: stored }
}

function begin(statements: ChatStatements, begins: Beginning): ChatRow {
  const project = packId(begins.projectId)
  statements.insert.run(...chatValues(begins))
  statements.addToTotal.run(project, '')
  if (begins.endUserId !== null) statements.addToTotal.run(project, personKey(begins.endUserId))
  return statements.find.get(project, packId(begins.id)) as unknown as ChatRow
}
