/** Durations of chats in milliseconds, and how much may run. */
export interface ChatTiming {
  /** An answer that can be resumed runs on this long while nobody listens. */
  detachedMs: number
  /** A reader that takes nothing for this long is let go. */
  stalledMs: number
  /** How often a stream with nothing to tell shows that it lives. */
  keepAliveMs: number
  /** How long a brain may say nothing. */
  brainSilenceMs: number
  /** How long the call that ends a session waits for an answer's last word. */
  lastWordMs: number
  /** Answers one session may have in the making. */
  mostTurns: number
}

export const defaultChatTiming: ChatTiming = {
  detachedMs: 45_000,
  stalledMs: 30_000,
  keepAliveMs: 15_000,
  brainSilenceMs: 60_000,
  lastWordMs: 100,
  mostTurns: 16,
}
