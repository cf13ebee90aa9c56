import type { StoredEvent } from '../transcript/index.ts'

/** Whose log a turn is written to. */
export interface VisitorPlace {
  sessionId: string
  visitorId: string
}

export interface Question {
  /** The client's own id: sending it again changes nothing. */
  id: string
  text: string
}

/** A stored question with the number of the response that answers it. */
export interface Turn {
  response: number
  question: Question
}

/** Where a turn is played: one visitor's connection, or nobody's for a while. */
export interface Stage {
  /** Runs one piece of work on the visitor's log at a time, in order. */
  exclusively<T>(work: () => Promise<T>): Promise<T>
  /** Tells of events that are stored. Null: another node's answer to this question was stored first. */
  tell(events: readonly StoredEvent[] | null): Promise<void>
  /** Takes the next piece of the answer. */
  hear(piece: string): void
  /** How much of the answer has been handed to the visitor. */
  heard(): string
  /** The answer could not be made; the visitor is told in the answer itself. */
  failed(turn: Turn, cause: unknown): void
}

/** Timers, a port. */
export interface Timers {
  /** Runs `work` once after `delayMs`; the returned function calls it off. */
  after(delayMs: number, work: () => void): () => void
}
