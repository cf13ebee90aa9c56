import type { TranscriptMessage } from '@parlor/protocol'

/** A durable event as it was sent, without its number. */
export type EventBody = Readonly<{ type: string; [field: string]: unknown }>

export interface StoredEvent {
  /** From 1, per visitor, without gaps. */
  seq: number
  at: number
  body: EventBody
}

/** What a visitor's log stands at. */
export interface Tail {
  lastSeq: number
  /** The highest response number given out; 0 before the first. */
  lastResponse: number
  /** Which conversation is going on, from 1; a reset begins the next. */
  conversation: number
  /** Messages in this conversation, the visitor's and the agent's. */
  messages: number
  /** Messages visitors sent in the whole session. */
  sessionMessages: number
  /** Tokens models used in the whole session. */
  sessionTokens: number
}

/** What is to be written. Everything lands in one transaction. */
export interface Append {
  /** Events without numbers; they get the next ones, in this order. */
  events: readonly EventBody[]
  /** Messages to add to the current conversation (after a reset: the new one); one with a known id replaces it. */
  messages?: readonly TranscriptMessage[]
  /** Gives out the next response number. */
  beginsResponse?: true
  /** Begins the next conversation before the messages are added. */
  resets?: true
  /** Tokens a model used for this, a whole number from 0; added to the session's. */
  tokens?: number
}

export interface Appended {
  events: StoredEvent[]
  tail: Tail
}

/**
 * What visitors and agents said, and the numbered events that told of it. Every promise resolves after the change is durable.
 * A visitor's log is a log of its own: nothing of another visitor's is ever read with it.
 */
export interface TranscriptStore {
  /**
   * Runs `decide` under the log's lock and writes what it returns. Null from `decide` writes nothing and resolves to null;
   * an error thrown by it undoes everything and is passed on. `has` tells whether the visitor's log holds a message of this id.
   */
  append(
    sessionId: string,
    visitorId: string,
    at: number,
    decide: (tail: Tail, has: (messageId: string) => boolean) => Append | null,
  ): Promise<Appended | null>
  readTail(sessionId: string, visitorId: string): Promise<Tail>
  /** Events after `seq`, oldest first; null when some of them were pruned already. */
  listEvents(visitorId: string, afterSeq: number): Promise<StoredEvent[] | null>
  /** Messages of the visitor's current conversation, oldest first. */
  listMessages(visitorId: string): Promise<TranscriptMessage[]>
  /** Forgets events with numbers up to `seq`; messages stay. */
  pruneEvents(visitorId: string, upToSeq: number): Promise<void>
}
