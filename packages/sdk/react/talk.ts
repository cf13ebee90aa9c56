import { emptyTranscript, type LiveState } from '@parlor/live-client'
import { type BrowserSession, type BrowserSessionOptions, createBrowserSession } from '../browser/browser-session.ts'
import { type FetchSession, readAccess, type SessionAccess } from './session-access.ts'

/** What a live connection may be told besides. Read once, when it is made. */
export type TalkOptions = Pick<
  BrowserSessionOptions,
  'visitor' | 'locale' | 'timeZone' | 'reducedMotion' | 'caps' | 'platform'
>

/** One picture of a talk; a new object for each change. */
export interface TalkView {
  /**
   * `idle` before the component is there, and on a server; `fetching` while the backend is asked for a session, `failed` where that
   * went wrong; the others as of the live connection.
   */
  phase: 'idle' | 'fetching' | 'failed' | 'connecting' | 'open' | 'reconnecting' | 'closed'
  /** What `fetchSession` threw, in `failed`. */
  failure: unknown
  state: LiveState
}

/**
 * A talk that is connected as long as somebody watches it. It follows its watchers one task later, so that React may mount, unmount
 * and mount again without a second connection.
 */
export interface Talk {
  read(): TalkView
  subscribe(listener: () => void): () => void
  /** As of `createBrowserSession`; null, too, where there is no session yet. */
  send(text: string): string | null
  interrupt(): void
  typing(): void
  leave(): void
  /** After an end or a failure, begins anew; while waiting for the next attempt, tries at once. */
  connect(): void
}

/** What there is before anything was heard: the same on a server and in a browser. */
export const firstView: TalkView = {
  phase: 'idle',
  failure: undefined,
  state: {
    connection: { phase: 'idle' },
    agentState: 'idle',
    transcript: emptyTranscript,
    notices: [],
    error: null,
    session: null,
    visitor: null,
    expiresAt: null,
    clockSkewMs: 0,
  },
}

/** Makes a talk; nothing happens before somebody watches it. */
export function createTalk(source: SessionAccess | FetchSession, options: TalkOptions = {}): Talk {
  const listeners = new Set<() => void>()
  let view = firstView
  let live: BrowserSession | null = null
  let access = typeof source === 'function' ? null : source
  let visitor = options.visitor
  let timer: ReturnType<typeof setTimeout> | undefined

  function show(next: Partial<TalkView>): void {
    view = { ...view, ...next }
    for (const listener of [...listeners]) listener()
  }

  /** Watchers come and go many at a time; only what is left of them at the end of it counts. */
  function follow(): void {
    clearTimeout(timer)
    timer = setTimeout(() => (listeners.size > 0 ? resume() : rest()))
  }
  function resume(): void {
    if (view.phase === 'idle') void begin()
  }
  function rest(): void {
    if (!live || view.phase === 'closed') return
    // Whoever comes back is the same visitor.
    visitor = live.state.visitor ?? visitor
    live.dispose()
    live = null
    show({ phase: 'idle' })
  }

  async function begin(): Promise<void> {
    if (access === null && typeof source === 'function') {
      show({ phase: 'fetching', failure: undefined })
      try {
        access = readAccess(await source())
      } catch (failure) {
        show({ phase: 'failed', failure })
        return
      }
      // The session is kept for whoever watches next.
      if (listeners.size === 0) {
        show({ phase: 'idle' })
        return
      }
    }
    if (access) join(access)
  }

  function join({ token, url, session }: SessionAccess): void {
    const { visitor: _, ...rest } = options
    const mine = createBrowserSession({
      ...rest,
      token,
      url,
      ...(session !== undefined && { session }),
      ...(visitor && { visitor }),
    })
    live = mine
    mine.on('state', (state) => show({ phase: state.connection.phase, state }))
    mine.connect()
  }

  return {
    read: () => view,
    subscribe(listener) {
      listeners.add(listener)
      follow()
      return () => {
        listeners.delete(listener)
        follow()
      }
    },
    send: (text) => live?.send(text) ?? null,
    interrupt: () => live?.interrupt(),
    typing: () => live?.typing(),
    leave: () => live?.leave(),
    connect() {
      const { connection } = view.state
      if (listeners.size === 0 || view.phase === 'fetching') return
      const isOver = view.phase === 'closed' && connection.phase === 'closed' && connection.reason !== 'left'
      if (view.phase === 'failed' || (isOver && typeof source === 'function')) {
        live?.dispose()
        live = null
        access = typeof source === 'function' ? null : access
        visitor = undefined
        void begin()
      } else if (view.phase === 'closed') live?.connect()
      else live?.retryNow()
    },
  }
}
