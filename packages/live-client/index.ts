export { backoffMs, type ClosedReason, type Connection, type ConnectionEvent, reduceConnection } from './connection.ts'
export { createLiveClient, type LiveClient, type LiveClientOptions } from './live-client.ts'
export { browserPlatform, type LivePlatform, type LiveSocket } from './platform.ts'
export { keptOf, type LiveState, remainingMs, type SessionCard } from './state.ts'
export {
  type AgentEntry,
  emptyTranscript,
  pendingMessages,
  type ResetEntry,
  reduceTranscript,
  streamingAnswer,
  type Transcript,
  type TranscriptEntry,
  type TranscriptEvent,
  type VisitorEntry,
} from './transcript.ts'
