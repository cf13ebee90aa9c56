/** What the server acknowledged over all its lives, and what was asked for without an answer. */
export interface Promises {
  sessions: MadeSession[]
  talkers: Talker[]
}

export interface MadeSession {
  id: string
  token: string
  /** What was asked for and answered; a read must say the same. */
  fields: Record<string, unknown>
  end: 'not_asked' | 'asked' | 'acknowledged'
  /** What a read said after an end was asked for but not acknowledged: from then on it stays so. */
  settled: string | null
}

/** A visitor that talks over several lives of the server. */
export interface Talker {
  token: string
  visitor: { id: string; resume_key: string }
  lastSeq: number
  messages: SentMessage[]
}

export interface SentMessage {
  id: string
  text: string
  /** The server said that it is stored. */
  isStored: boolean
  /** The id and text of the answer, where the server said that it is stored. */
  answer: { id: string; text: string } | null
}

export function noPromises(): Promises {
  return { sessions: [], talkers: [] }
}

/** How much was acknowledged, for the summary line. */
export function countPromises({ sessions, talkers }: Promises) {
  const messages = talkers.flatMap((talker) => talker.messages)
  return {
    creates: sessions.length,
    ends: sessions.filter(({ end }) => end === 'acknowledged').length,
    messages: messages.filter(({ isStored }) => isStored).length,
    answers: messages.filter(({ answer }) => answer !== null).length,
  }
}
