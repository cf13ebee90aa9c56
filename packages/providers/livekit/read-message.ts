/** What somebody sent as data. */
export type Message = { type: 'chat' | 'context'; text: string; id: string | null } | { type: 'interrupt' }

/** What the Equos clients send on `equos_event` (`realtime.md` F4); null for what is none of it. */
export function readEvent(data: Uint8Array): Message | null {
  const { type, text, content } = readObject(data)
  if (type === 'usr.txt' && typeof text === 'string') return { type: 'chat', text, id: null }
  if (type === 'context' && typeof content === 'string') return { type: 'context', text: content, id: null }
  return type === 'interrupt' ? { type } : null
}

/**
 * Chat as LiveKit's clients sent it before there were text streams. One that says to ignore it was sent as a stream too.
 */
export function readOldChat(data: Uint8Array): Message | null {
  const { message, id, ignoreLegacy } = readObject(data)
  if (typeof message !== 'string' || ignoreLegacy === true) return null
  return { type: 'chat', text: message, id: typeof id === 'string' ? id : null }
}

/** Empty for what is no JSON object. */
function readObject(data: Uint8Array): Record<string, unknown> {
  try {
    return Object(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data)))
  } catch {
    return {}
  }
}
