const beginning = 'prl_'

/** The name of a session's room: as unguessable as the session's id, and never used again. */
export function roomNameOf(sessionId: string): string {
  return `${beginning}${sessionId}`
}

/** The session a room is of; null for a room of somebody else's on the same media server. */
export function sessionOfRoom(room: string): string | null {
  return room.startsWith(beginning) ? room.slice(beginning.length) : null
}
