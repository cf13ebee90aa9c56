import { type ClientEvent, closeCodes, type Hello, liveLimits, type ServerEvent } from '@parlor/protocol'
import type { LivePlatform } from './platform.ts'

/** One socket from `hello` to its end. */
export interface Link {
  /** Says something, or nothing at all once the link is over. */
  send(event: ClientEvent): void
  /** Ends the link without a word to `onDropped`. */
  close(code?: number): void
}

export interface LinkOptions {
  platform: LivePlatform
  url: string
  hello: Hello
  onEvent: (event: ServerEvent) => void
  /** Called once, with the close code; 1006 where there was none. */
  onDropped: (code: number) => void
}

/** How long a server may take from the first packet to `ready`, milliseconds. */
export const readyTimeoutMs = 10_000
const lost = 1006

/** Opens a socket, says `hello` first and keeps the heartbeat. Silence counts as a lost connection. */
export function openLink(options: LinkOptions): Link {
  const { platform, onEvent } = options
  let over = false
  let timer: unknown = platform.setTimer(() => drop(closeCodes.timeout), readyTimeoutMs)
  const socket = open(options, drop)
  if (!socket) return { send: () => {}, close: () => settle() }

  function settle(): void {
    over = true
    platform.clearTimer(timer)
  }
  function drop(code: number): void {
    if (over) return
    settle()
    close(socket)
    options.onDropped(code)
  }
  function send(event: ClientEvent): void {
    if (over) return
    try {
      socket?.send(JSON.stringify(event))
    } catch {
      // A socket that is closing says so in its close event.
    }
  }
  function after(delayMs: number, run: () => void): void {
    platform.clearTimer(timer)
    timer = platform.setTimer(run, delayMs)
  }
  function beat(): void {
    send({ type: 'ping', t: platform.now() })
    after(liveLimits.pongTimeoutMs, () => drop(closeCodes.timeout))
  }

  socket.onopen = () => send(options.hello)
  socket.onclose = (event) => drop(event.code)
  socket.onmessage = ({ data }) => {
    const event = over ? null : parseEvent(data)
    if (!event) return
    if (event.type === 'ready' || event.type === 'pong') after(liveLimits.clientPingMs, beat)
    onEvent(event)
  }
  return {
    send,
    close(code) {
      settle()
      close(socket, code)
    },
  }
}

function open(options: LinkOptions, drop: (code: number) => void) {
  try {
    return options.platform.openSocket(options.url)
  } catch {
    // A policy of the page may forbid the address: the same as a network that is not there.
    options.platform.setTimer(() => drop(lost), 0)
    return null
  }
}

function close(socket: { close(code?: number): void } | null, code?: number): void {
  try {
    if (code === undefined) socket?.close()
    else socket?.close(code)
  } catch {
    // It never opened.
  }
}

function parseEvent(data: unknown): ServerEvent | null {
  if (typeof data !== 'string') return null
  try {
    const event: unknown = JSON.parse(data)
    const typed = typeof event === 'object' && event !== null && 'type' in event && typeof event.type === 'string'
    return typed ? (event as ServerEvent) : null
  } catch {
    return null
  }
}
