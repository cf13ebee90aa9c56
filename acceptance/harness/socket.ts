import { type ClientOptions, WebSocket } from 'ws'

const waitTimeoutMs = 10_000
/** Of events in a failure message, in characters. */
const longestStory = 2000

/** Anything the server said on the live socket. */
export interface LiveEvent {
  type: string
  seq?: number
  [field: string]: unknown
}

export interface Closing {
  code: number
  reason: string
  /** `performance.now()` when the close was seen here. */
  at: number
}

export type Match = string | ((event: LiveEvent) => boolean)

export interface LiveSocket {
  /** All the server said, in order. */
  events: LiveEvent[]
  send(event: object): void
  /** Says `hello` with the token and waits for `ready`. @throws Error when the socket closes first. */
  hello(token: string, more?: object): Promise<Ready>
  /** The first event that fits, also one that came already; `from` skips earlier ones. @throws Error in time or on close. */
  waitFor(match: Match, options?: { from?: number; timeoutMs?: number }): Promise<LiveEvent>
  closed: Promise<Closing>
  /** Closes from this side. */
  close(code?: number): void
  /** Drops the connection without a word. */
  terminate(): void
}

export interface Ready extends LiveEvent {
  session: string
  visitor: { id: string; resume_key: string }
  resume: { ok: boolean; gap: boolean }
}

interface Waiter {
  matches(event: LiveEvent): boolean
  resolve(event: LiveEvent): void
  reject(reason: Error): void
}

export interface SocketOptions {
  origin?: string
  headers?: Record<string, string>
  /** Joins every failure message: what the server said last, for one. */
  describe?: () => string
}

/** Opens `/v1/rt` of a server, with any `Origin` or none. @throws Error when the upgrade is refused. */
export async function openSocket(url: string, options: SocketOptions = {}): Promise<LiveSocket> {
  const target = `${url.replace(/^http/, 'ws')}/v1/rt`
  const settings: ClientOptions = { perMessageDeflate: false, handshakeTimeout: waitTimeoutMs }
  if (options.origin !== undefined) settings.origin = options.origin
  if (options.headers !== undefined) settings.headers = options.headers
  const ws = new WebSocket(target, settings)
  const socket = watch(ws, options.describe ?? (() => ''))
  await new Promise<void>((resolve, reject) => {
    ws.once('open', resolve)
    ws.once('error', reject)
  })
  return socket
}

function watch(ws: WebSocket, describe: () => string): LiveSocket {
  const events: LiveEvent[] = []
  const story = () => `${describeEvents(events)}\n${describe()}`
  const waiters = new Set<Waiter>()
  let closing: Closing | null = null
  ws.on('message', (data) => {
    const event = JSON.parse(String(data)) as LiveEvent
    events.push(event)
    for (const waiter of waiters) if (waiter.matches(event)) waiter.resolve(event)
  })
  // What matters to a test is that and how the socket closed; 'close' follows every error.
  ws.on('error', () => {})
  const closed = new Promise<Closing>((resolve) => {
    ws.on('close', (code, reason) => {
      closing = { code, reason: String(reason), at: performance.now() }
      for (const waiter of waiters) waiter.reject(describeClose(closing, story))
      resolve(closing)
    })
  })
  const waitFor = (match: Match, { from = 0, timeoutMs = waitTimeoutMs } = {}): Promise<LiveEvent> => {
    const matches = typeof match === 'string' ? (event: LiveEvent) => event.type === match : match
    const known = events.slice(from).find(matches)
    if (known !== undefined) return Promise.resolve(known)
    if (closing !== null) return Promise.reject(describeClose(closing, story))
    return wait(waiters, matches, story, timeoutMs)
  }
  const send = (event: object) => ws.send(JSON.stringify(event))
  const hello = (token: string, more: object = {}) => {
    send({ type: 'hello', v: 1, token, ...more })
    return waitFor('ready') as Promise<Ready>
  }
  return {
    events,
    send,
    hello,
    waitFor,
    closed,
    close: (code = 1000) => ws.close(code),
    terminate: () => ws.terminate(),
  }
}

function wait(
  waiters: Set<Waiter>,
  matches: Waiter['matches'],
  story: () => string,
  timeoutMs: number,
): Promise<LiveEvent> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer)
      waiters.delete(waiter)
    }
    const waiter: Waiter = {
      matches,
      resolve: (event) => {
        done()
        resolve(event)
      },
      reject: (reason) => {
        done()
        reject(reason)
      },
    }
    const timer = setTimeout(() => {
      waiter.reject(new Error(`The event did not come within ${timeoutMs} ms. ${story()}`))
    }, timeoutMs)
    waiters.add(waiter)
  })
}

function describeClose({ code, reason }: Closing, story: () => string): Error {
  return new Error(`The socket closed with ${code} ${reason}. ${story()}`)
}

function describeEvents(events: LiveEvent[]): string {
  return `The last events were: ${JSON.stringify(events.slice(-5)).slice(-longestStory)}`
}
