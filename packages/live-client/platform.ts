/** What the client needs from its surroundings; everything can be replaced, so that tests need neither a network nor a clock. */
export interface LivePlatform {
  openSocket: (url: string) => LiveSocket
  /** Milliseconds since 1970 by the local clock, right or wrong. */
  now: () => number
  setTimer: (run: () => void, delayMs: number) => unknown
  clearTimer: (timer: unknown) => void
  /** At least 0, below 1. */
  random: () => number
  newId: () => string
}

/** The part of `WebSocket` that is used. */
export interface LiveSocket {
  send(data: string): void
  close(code?: number, reason?: string): void
  onopen: ((event: never) => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: ((event: { code: number }) => void) | null
  onerror: ((event: never) => void) | null
}

/** The platform of a browser, or of a Node with a global `WebSocket`. */
export function browserPlatform(): LivePlatform {
  return {
    openSocket: (url) => new WebSocket(url) as unknown as LiveSocket,
    now: () => Date.now(),
    setTimer: (run, delayMs) => setTimeout(run, delayMs),
    clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
    random: () => Math.random(),
    newId: randomId,
  }
}

/** 128 random bits as hex. `crypto.randomUUID` is missing on insecure origins, `getRandomValues` is not. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
