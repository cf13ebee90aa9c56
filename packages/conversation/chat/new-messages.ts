import type { StoredChatMessage } from './chat.ts'
import type { SentMessage } from './read-talk.ts'

/**
 * Of what was sent, what the chat does not hold yet: a caller sends its whole history each time, and may send the same again
 * when an answer did not arrive. What follows the assistant's last message is new, but for what waits for its answer already.
 */
export function newMessages(
  said: readonly SentMessage[],
  unanswered: readonly Pick<StoredChatMessage, 'role' | 'text' | 'toolCallId'>[],
): readonly SentMessage[] {
  const asked = said.slice(said.findLastIndex(({ role }) => role === 'assistant') + 1)
  let known = Math.min(asked.length, unanswered.length)
  while (known > 0 && !unanswered.slice(-known).every((message, i) => isSame(message, asked[i]))) known -= 1
  return asked.slice(known)
}

function isSame(
  stored: Pick<StoredChatMessage, 'role' | 'text' | 'toolCallId'>,
  sent: SentMessage | undefined,
): boolean {
  return stored.role === sent?.role && stored.text === sent.text && stored.toolCallId === sent.toolCallId
}
