import { closeCodes, type Hello, liveLimits } from '@parlor/protocol'
import { createLine } from './line.ts'
import { createOutbox } from './outbox.ts'
import { browserPlatform, type LivePlatform } from './platform.ts'
import { createReader } from './reader.ts'
import { firstState, type LiveState } from './state.ts'
import { createStore } from './store.ts'
import { streamingAnswer } from './transcript.ts'

export interface LiveClientOptions {
  /** Address of the live socket, `wss://HOST/v1/rt`. The token never goes into it. */
  url: string
  token: string
  /** The session the token must belong to; the server refuses any other. */
  session?: string
  /** A visitor of an earlier page view, from {@link LiveState.visitor}. Absent makes a new one. */
  visitor?: { id: string; resume_key: string }
  /** When to give up before the server has said so, milliseconds since 1970. */
  expiresAt?: number
  locale?: string
  timeZone?: string
  reducedMotion?: boolean
  caps?: Hello['caps']
  platform?: LivePlatform
}

/** A talk with an agent that outlives its connections. */
export interface LiveClient {
  readonly state: LiveState
  /** Calls `listener` after each change; the returned function stops that. */
  subscribe(listener: (state: LiveState) => void): () => void
  /** Connects; after a final close, connects anew as the same visitor. No effect while connecting or connected. */
  connect(): void
  /** Tries at once instead of waiting for the next attempt. */
  retryNow(): void
  /**
   * Puts a message into the transcript and sends it as soon as there is a connection, again and again by the same id,
   * until the server has stored it. Returns the id, or null where the text is empty, over 4 KiB, or the talk is over.
   */
  send(text: string): string | null
  /** Stops the answer that is being given. */
  interrupt(reason?: 'button' | 'text'): void
  /** Says that the visitor is typing; passed on at most every 3 s. */
  typing(): void
  /** Ends this visitor's part in the talk. */
  leave(): void
  /** Lets go of socket, timers and listeners without a word. */
  dispose(): void
}

const typingEveryMs = 3_000

/**
 * Makes a client; nothing happens before `connect`.
 *
 * @example
 * const client = createLiveClient({ url: 'wss://parlor.example/v1/rt', token })
 * client.subscribe((state) => draw(state.transcript.entries))
 * client.connect()
 * client.send('When do you open?')
 */
export function createLiveClient(options: LiveClientOptions): LiveClient {
  const platform = options.platform ?? browserPlatform()
  const store = createStore(firstState(options.visitor ?? null, options.expiresAt ?? null))
  const hello = () => makeHello(options, store.state)
  const line = createLine({ url: options.url, platform, store, hello, onEvent: (event) => read(event) })
  const outbox = createOutbox(store, line, platform)
  const read = createReader(store, line, outbox, platform)
  let typedAt = Number.NEGATIVE_INFINITY

  function interrupt(reason: 'button' | 'text' = 'button'): void {
    const response = streamingAnswer(store.state.transcript)?.response
    line.say({ type: 'interrupt', reason, ...(response == null ? {} : { response }) })
  }

  return {
    get state() {
      return store.state
    },
    subscribe: store.subscribe,
    connect() {
      const { phase } = store.state.connection
      if (phase !== 'idle' && phase !== 'closed') return
      line.move({ type: 'started' })
      line.dial()
    },
    retryNow() {
      const { phase } = store.state.connection
      if (phase === 'reconnecting' || phase === 'connecting') line.dial()
    },
    send(text) {
      if (!isSendable(text) || store.state.connection.phase === 'closed') return null
      const id = platform.newId()
      if (streamingAnswer(store.state.transcript)) interrupt('text')
      const at = new Date(platform.now() + store.state.clockSkewMs).toISOString()
      store.transcribe({ type: 'local.typed', id, text, at })
      outbox.flush()
      return id
    },
    interrupt,
    typing() {
      if (platform.now() - typedAt < typingEveryMs) return
      typedAt = platform.now()
      line.say({ type: 'user.activity', kind: 'typing' })
    },
    leave() {
      line.say({ type: 'bye' })
      line.drop(closeCodes.done)
      line.move({ type: 'left' })
    },
    dispose() {
      store.clear()
      line.drop()
    },
  }
}

function isSendable(text: string): boolean {
  return text.trim() !== '' && new TextEncoder().encode(text).length <= liveLimits.textBytes
}

function makeHello(options: LiveClientOptions, { visitor, transcript }: LiveState): Hello {
  const { session, locale, timeZone, reducedMotion, caps } = options
  return {
    type: 'hello',
    v: 1,
    token: options.token,
    ...(session === undefined ? {} : { session }),
    ...(visitor ? { visitor } : {}),
    // Without a transcript of our own we want the snapshot, not the events after some number.
    ...(visitor && transcript.lastSeq > 0 ? { resume: { last_seq: transcript.lastSeq } } : {}),
    ...(caps ? { caps } : {}),
    ...(locale === undefined ? {} : { locale }),
    ...(timeZone === undefined ? {} : { tz: timeZone }),
    ...(reducedMotion === undefined ? {} : { reduced_motion: reducedMotion }),
  }
}
