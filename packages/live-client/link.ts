import { type ClientEvent, closeCodes, type Hello, liveLimits, type ServerEvent } from '@parlor/protocol'
import type { LivePlatform, LiveSocket } from './platform.ts'

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
const readyTimeoutMs = 10_000
const lost = 1006

/** Opens a socket, says `hello` first and keeps the heartbeat. Silence counts as a lost connection. */
export function openLink(options: LinkOptions): Link {
  const { platform, onEvent } = options
  let over = false
  let timer: unknown = platform.setTimer(() => drop(closeCodes.timeout), readyTimeoutMs)
  const socket = open(options)
  if (!socket) after(0, () => drop(lost))

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

  if (socket) {
    socket.onopen = () => send(options.hello)
    socket.onclose = (event) => drop(event.code)
    socket.onmessage = ({ data }) => {
      const event = over ? null : parseEvent(data)
      if (!event) return
      if (event.type === 'ready' || event.type === 'pong') after(liveLimits.clientPingMs, beat)
      onEvent(event)
    }
  }
  return {
    send,
    close(code) {
      settle()
      close(socket, code)
    },
  }
}

/** A policy of the page may forbid the address: the same as a network that is not there. */
function open({ platform, url }: LinkOptions): LiveSocket | null {
  try {
    return platform.openSocket(url)
  } catch {
    return null
  }
}

function close(socket: LiveSocket | null, code?: number): void {
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
