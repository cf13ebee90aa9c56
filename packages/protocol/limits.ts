/** Bounds of `parlor.rt.v1` that both sides keep. Sizes in bytes of UTF-8, durations in milliseconds. */
export const liveLimits = {
  helloBytes: 8 * 1024,
  textBytes: 4 * 1024,
  frameBytes: 128 * 1024,
  helloTimeoutMs: 5_000,
  eventsPerSecond: 10,
  eventBurst: 60,
  serverPingMs: 20_000,
  clientPingMs: 15_000,
  pongTimeoutMs: 10_000,
  reconnectMinMs: 500,
  reconnectMaxMs: 8_000,
  replayEvents: 256,
  replayMs: 120_000,
  detachedReplyMs: 45_000,
  ackEvery: 10,
} as const
