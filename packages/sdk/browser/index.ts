export type {
  AgentEntry,
  ClosedReason,
  Connection,
  LiveState,
  ResetEntry,
  SessionCard,
  Transcript,
  TranscriptEntry,
  VisitorEntry,
} from '@parlor/live-client'
export type { Kept, LiveError, Notice } from '@parlor/protocol'
export { ParlorRequestError, type Refusal } from '../functions/parlor-request-error.ts'
export { NoAnswerError, type NoAnswerReason } from '../transport/index.ts'
export type { Citation } from '../types/index.ts'
export * from './browser-session.ts'
export type { ChatAnswer, ChatEvent, ToolCall } from './chat-answer.ts'
export * from './stream-chat.ts'
