/**
 * What the server says on the live socket: one JSON object per text frame.
 * Durable events carry `seq`, counted from 1 for each visitor; a replayed one also carries `replay: true`.
 */
export type ServerEvent =
  | Ready
  | Snapshot
  | State
  | UserMessage
  | MessageStart
  | MessageDelta
  | MessageEnd
  | MessageTruncated
  | Notice
  | LiveError
  | Ended
  | { type: 'pong'; t: number }

export interface Durable {
  seq: number
  replay?: true
}

/** The answer to `hello`. Times are ISO 8601 UTC, durations milliseconds. */
export interface Ready {
  type: 'ready'
  session: string
  visitor: { id: string; resume_key: string }
  conn: string
  features: Features
  voice: { mode: 'server' | 'browser' | 'none'; rate?: number }
  ears: { mode: 'server' | 'browser' | 'none' }
  brain: { mode: 'llm' | 'extractive' | 'scripted' }
  agent: AgentCard
  avatar: { kind: 'svg' | 'vrm' | 'video'; config: AvatarLook }
  audio_only: boolean
  expires_at: string
  /** The server's clock, so that a client with a wrong clock still counts down rightly. */
  now: string
  heartbeat_ms: number
  resume: { ok: boolean; gap: boolean }
}

export interface Features {
  voice_input: boolean
  text_input: boolean
  knowledge_base: boolean
}

export interface AgentCard {
  name: string
  greeting: string | null
  /** BCP 47 codes the agent is meant to speak. */
  languages: string[]
}

/** The drawn face: colours from a palette, a hair shape, a head shape. All optional. */
export interface AvatarLook {
  name?: string
  skin?: string
  hair?: string
  hair_shape?: 'short' | 'long' | 'bun' | 'none'
  clothes?: string
  background?: string
  head?: 'round' | 'oval' | 'robot'
}

/** Everything the visitor's current conversation holds; it replaces what the client had. `seq` is the last number given out. */
export interface Snapshot {
  type: 'snapshot'
  seq: number
  messages: TranscriptMessage[]
}

export interface TranscriptMessage {
  id: string
  role: 'visitor' | 'agent'
  text: string
  /** ISO 8601 UTC. */
  at: string
  response?: number
  citations?: Citation[]
  answer_mode?: AnswerMode
  finish?: Finish
}

export interface State {
  type: 'state'
  agent: 'idle' | 'listening' | 'thinking' | 'speaking'
}

/** The visitor's message is stored: it will not be lost. */
export interface UserMessage extends Durable {
  type: 'user.message'
  id: string
  text: string
  source: 'text' | 'voice'
  final: true
  at: string
}

/** `answer_mode` says how the answer is made; `quotation` and `not_found` come from the documents alone. */
export type AnswerMode = 'quotation' | 'not_found' | 'small_talk' | 'model' | 'notice'

export type Finish = 'complete' | 'interrupted' | 'failed' | 'limit'

export interface Citation {
  n: number
  title: string
  /** The heading path, outermost first, joined with " › "; empty where the passage stands before any heading. */
  heading: string
  /** The document's file name or URL. */
  source: string
  /** A link a visitor can open, made from the document's own record; absent where there is none. */
  url?: string
  /** The passage the answer was taken from. */
  passage?: string
}

export interface MessageStart extends Durable {
  type: 'message.start'
  response: number
  /** The visitor's message this answers. */
  reply_to: string | null
  answer_mode?: AnswerMode
}

/** `i` counts deltas of one response from 0. A replayed delta holds all text so far and has `i: 0`. */
export interface MessageDelta {
  type: 'message.delta'
  response: number
  i: number
  text: string
  replay?: true
}

/** The answer is stored. `text` is the whole answer. */
export interface MessageEnd extends Durable {
  type: 'message.end'
  response: number
  id: string
  text: string
  citations: Citation[]
  answer_mode: AnswerMode
  grounded: boolean
  finish: Finish
  at: string
}

/** What the history holds after an interruption. */
export interface MessageTruncated extends Durable {
  type: 'message.truncated'
  response: number
  heard_text: string
}

export interface Notice extends Durable {
  type: 'notice'
  code: 'expires_soon' | 'idle_soon' | 'degraded' | 'draining' | 'conversation_reset'
  seconds_remaining?: number
  what?: string
  reason?: string
}

export interface LiveError {
  type: 'error'
  code: string
  message: string
  /** The `id` of the client's event that failed. */
  ref?: string
  retryable: boolean
}

export interface Ended {
  type: 'ended'
  reason: EndedReason
  code: number
}

export type EndedReason = 'revoked' | 'stopped' | 'expired' | 'limit' | 'failed' | 'replaced'
