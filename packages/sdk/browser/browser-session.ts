import { createLiveClient, keptOf, type LiveClientOptions, type LiveState } from '@parlor/live-client'
import type { Kept, LiveError, Notice } from '@parlor/protocol'
import { checkAddress, checkToken } from './refuse-keys.ts'

export interface BrowserSessionOptions extends Omit<LiveClientOptions, 'url'> {
  /** Where Parlor is reached, such as `https://parlor.example`; or `websocket_url` as your backend was given it. */
  url: string
}

/** What a session says, and when. */
export interface BrowserSessionEvents {
  /** Something changed; the whole of it. */
  state: LiveState
  /** Connecting, open, reconnecting or closed, and why. */
  connection: LiveState['connection']
  /** The server let us in: what the session is for. */
  ready: NonNullable<LiveState['session']>
  /** What the agent does. */
  agent: LiveState['agentState']
  /** Everything that was said so far, pending messages and the answer that is coming included. */
  transcript: LiveState['transcript']
  /** Words for the visitor from the server, such as that it is soon over. */
  notice: Notice
  /** What went wrong outside any message. */
  error: LiveError
  /** What to give as `visitor` after a reload to go on as the same one. */
  kept: Kept
}

/** A visitor's talk with an agent, from a page. It outlives its connections: what was missed is told when the next one is there. */
export interface BrowserSession {
  readonly state: LiveState
  /** Calls `listener` from now on; the returned function stops that. */
  on<Name extends keyof BrowserSessionEvents>(
    name: Name,
    listener: (event: BrowserSessionEvents[Name]) => void,
  ): () => void
  /** Connects; no effect while it is connected. */
  connect(): void
  /** Tries at once instead of waiting for the next attempt. */
  retryNow(): void
  /** Sends what the visitor wrote, again and again until it is stored. Returns its id; null for nothing, over 4 KiB, or when it is over. */
  send(text: string): string | null
  /** Stops the answer that is being given. */
  interrupt(reason?: 'button' | 'text'): void
  /** Says that the visitor is typing. */
  typing(): void
  /** Ends the visitor's part for good. */
  leave(): void
  /** Lets go of the connection and of every listener; the session goes on. */
  dispose(): void
}

/**
 * A session in a page, by the token your backend was given for it. Nothing happens before `connect`.
 * @throws TypeError for an API key instead of a token, or where `url` is none.
 * @example
 * const session = createBrowserSession({ url: 'https://parlor.example', token })
 * session.on('transcript', ({ entries }) => draw(entries))
 * session.connect()
 * session.send('When do you open?')
 */
export function createBrowserSession({ url, token, ...options }: BrowserSessionOptions): BrowserSession {
  checkToken(token)
  const address = checkAddress(url, /^(http|ws)s?:\/\/./)
  const live = address.startsWith('ws') ? address : `${address.replace('http', 'ws')}/v1/rt`
  const client = createLiveClient({ ...options, url: live, token })
  let before = client.state
  const listeners = new Set<(now: LiveState, before: LiveState) => void>()
  client.subscribe((now) => {
    const last = before
    before = now
    for (const listener of [...listeners]) listener(now, last)
  })
  return {
    get state() {
      return client.state
    },
    on(name, listener) {
      const tell: (event: never) => void = listener
      const hear = (now: LiveState, last: LiveState) => {
        for (const event of changes[name](now, last)) tell(event as never)
      }
      listeners.add(hear)
      return () => listeners.delete(hear)
    },
    connect: client.connect,
    retryNow: client.retryNow,
    send: client.send,
    interrupt: client.interrupt,
    typing: client.typing,
    leave: client.leave,
    dispose() {
      listeners.clear()
      client.dispose()
    },
  }
}

/** What there is to tell of each kind after a change. */
const changes: {
  [Name in keyof BrowserSessionEvents]: (now: LiveState, last: LiveState) => readonly BrowserSessionEvents[Name][]
} = {
  state: (now) => [now],
  connection: (now, last) => (now.connection === last.connection ? [] : [now.connection]),
  ready: (now, last) => (now.session === null || now.session === last.session ? [] : [now.session]),
  agent: (now, last) => (now.agentState === last.agentState ? [] : [now.agentState]),
  transcript: (now, last) => (now.transcript === last.transcript ? [] : [now.transcript]),
  notice: (now, last) => now.notices.filter((notice) => !last.notices.includes(notice)),
  error: (now, last) => (now.error === null || now.error === last.error ? [] : [now.error]),
  kept: (now, last) => {
    const kept = now.visitor === last.visitor && now.transcript.lastSeq === last.transcript.lastSeq ? null : keptOf(now)
    return kept === null ? [] : [kept]
  },
}
