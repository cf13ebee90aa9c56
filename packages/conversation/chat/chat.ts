import type { Citation } from '@parlor/protocol'

/** One talk in which the caller keeps the history and sends it along (contracts 3.7). Times are milliseconds since 1970, UTC. */
export interface Chat {
  /** Chosen by whoever began it, so it is only unique within its project. */
  id: string
  accountId: string
  projectId: string
  agentId: string
  /** The session it began in; null for one begun with a key. */
  sessionId: string | null
  /** The customer's own name for the person, as the session was made with it; null for nobody in particular. */
  endUserId: string | null
  /** Null until somebody asks for one. */
  title: string | null
  feedback: ChatFeedback | null
  createdAt: number
  /** The latest time a message came: titles and feedback do not move it. */
  updatedAt: number
  /** How many messages it holds; they are numbered from 1. */
  messages: number
}

export type ChatFeedback = 'success' | 'failure'
export type ChatRole = 'user' | 'assistant' | 'tool'
/** Why an answer is over. `stopped`: whoever asked left, or the session ended. */
export type ChatFinish = 'stop' | 'length' | 'tool_calls' | 'stopped' | 'failed'

/** A call of one of the caller's own tools, as the model wrote it. */
export interface ToolCall {
  id: string
  name: string
  /** JSON, as text: whether it is well-formed is the caller's to judge. */
  arguments: string
}

export interface ChatMessage {
  id: string
  role: ChatRole
  text: string
  at: number
  /** Of an assistant's message. */
  toolCalls?: readonly ToolCall[]
  /** Of a tool's message: the call it answers. */
  toolCallId?: string
  citations?: readonly Citation[]
  finish?: ChatFinish
  /** What the caller called the model. */
  model?: string
}

export interface StoredChatMessage extends ChatMessage {
  /** From 1, per chat, without gaps. */
  seq: number
}
