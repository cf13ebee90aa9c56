import type { ClientEvent, Hello, ServerEvent } from '@parlor/protocol'
import { backoffMs, type ConnectionEvent, reduceConnection } from './connection.ts'
import { type Link, openLink } from './link.ts'
import type { LivePlatform } from './platform.ts'
import { remainingMs } from './state.ts'
import type { Store } from './store.ts'

/** Keeps one link after another open, until a final end. */
export interface Line {
  isOpen(): boolean
  /** Sends while open; otherwise says nothing. */
  say(event: ClientEvent): void
  /** The one place where the connection changes: whatever follows from the new phase follows from here. */
  move(event: ConnectionEvent): void
  /** Opens a link now; an older one is dropped without a word. */
  dial(): void
  drop(closeCode?: number): void
}

export interface LineOptions {
  url: string
  platform: LivePlatform
  store: Store
  hello: () => Hello
  onEvent: (event: ServerEvent) => void
}

export function createLine(options: LineOptions): Line {
  const { platform, store } = options
  let link: Link | null = null
  let timer: unknown = null

  const isOpen = () => store.state.connection.phase === 'open'
  const leftMs = () => remainingMs(store.state, platform.now())

  function drop(closeCode?: number): void {
    platform.clearTimer(timer)
    link?.close(closeCode)
    link = null
  }

  function move(event: ConnectionEvent): void {
    const connection = reduceConnection(store.state.connection, event)
    if (connection === store.state.connection) return
    store.update({ connection, ...(connection.phase === 'open' ? {} : { agentState: 'idle' as const }) })
    if (connection.phase === 'closed') {
      drop()
      store.transcribe({ type: 'local.closed' })
    } else if (event.type === 'dropped') scheduleRetry()
  }

  function scheduleRetry(): void {
    const { connection } = store.state
    if (connection.phase !== 'reconnecting' && connection.phase !== 'connecting') return
    const delayMs = backoffMs(connection.attempt, connection.code, platform.random())
    timer = platform.setTimer(dial, Math.min(delayMs, leftMs() ?? delayMs))
  }

  function dial(): void {
    drop()
    if (leftMs() === 0) {
      move({ type: 'expired' })
      return
    }
    const mine = openLink({
      platform,
      url: options.url,
      hello: options.hello(),
      onEvent: (event) => link === mine && options.onEvent(event),
      onDropped(code) {
        if (link !== mine) return
        drop()
        move({ type: 'dropped', code, now: platform.now() })
      },
    })
    link = mine
  }

  return { isOpen, move, dial, drop, say: (event) => isOpen() && link?.send(event) }
}
