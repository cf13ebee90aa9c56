/** What LiveKit's and Equos' clients call things in a room (`realtime.md` A and F4, `contracts.md` 2.7). */
export const topics = {
  chat: 'lk.chat',
  /** Chat of LiveKit's clients from before there were text streams. */
  oldChat: 'lk-chat-topic',
  equos: 'equos_event',
  transcription: 'lk.transcription',
  segment: 'lk.segment_id',
  isFinal: 'lk.transcription_final',
  trackId: 'lk.transcribed_track_id',
  agentState: 'lk.agent.state',
  loan: 'lk.audio_stream',
  loanCleared: 'lk.clear_buffer',
  loanStarted: 'lk.playback_started',
  loanFinished: 'lk.playback_finished',
} as const
