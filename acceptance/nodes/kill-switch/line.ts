import { WebSocket } from 'ws'
import { watchOwnLag } from './own-lag.ts'
import { monotonicMs, noteAccepted, noteFrameAt, noteMet, type WatchedSession } from './watched-session.ts'

/** One visitor's line to a session, which is used all the time and taken up again, at any node, when it breaks. */
export interface Line {
  isOpen(): boolean
  /** The session is over, or somebody said so: nobody tries again. */
  isOver(): boolean
  hurry(): void
}

const ownLagMs = watchOwnLag()
const finalCodes = new Set([4400, 4401, 4403, 4409, 4410, 4411, 4412, 4413])
const calmMs = 4000
/** Below the ten events a second the server allows. */
const hurriedMs = 150
const handshakeMs = 4000

export function openLine(session: WatchedSession, token: string, ports: readonly number[], first: number): Line {
  let socket: WebSocket | null = null
  let visitor: unknown
  let isReady = false
  let isOver = false
  let everyMs = calmMs
  let timer: NodeJS.Timeout | undefined

  const connect = (port: number): void => {
    const next = dial(port)
    socket = next
    let helloAt = 0
    next.on('open', () => {
      helloAt = monotonicMs()
      next.send(JSON.stringify({ type: 'hello', v: 1, token, ...(visitor !== undefined && { visitor }) }))
    })
    next.on('message', (data) => {
      const event = noteFrame(session, String(data), helloAt)
      if (event?.type !== 'ready') return
      visitor = event.visitor
      isReady = true
      useOn()
    })
    next.on('close', (code) => {
      isReady = false
      clearTimeout(timer)
      if (finalCodes.has(code)) isOver = true
      else if (session.returnedAt === null) {
        setTimeout(() => connect(ports[Math.floor(Math.random() * ports.length)] ?? port), 200 + Math.random() * 600)
      }
    })
  }
  const useOn = (): void => {
    clearTimeout(timer)
    timer = setTimeout(
      () => {
        if (socket !== null && socket.readyState === WebSocket.OPEN) use(session, socket)
        if (isReady) useOn()
      },
      everyMs * (0.7 + Math.random() * 0.6),
    )
  }
  connect(first)
  return {
    isOpen: () => isReady,
    isOver: () => isOver,
    hurry() {
      everyMs = hurriedMs
      if (isReady) useOn()
    },
  }
}

function dial(port: number): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/rt`, {
    perMessageDeflate: false,
    handshakeTimeout: handshakeMs,
  })
  // A close follows every error.
  socket.on('error', () => {})
  return socket
}

/** Mostly a ping, sometimes a message; both carry when they were sent, and so do their answers. */
function use(session: WatchedSession, socket: WebSocket): void {
  if (session.returnedAt !== null) session.sentAfter += 1
  const sentAt = monotonicMs()
  const event =
    Math.random() < 0.93 ? { type: 'ping', t: sentAt } : { type: 'user.text', id: String(sentAt), text: 'Tickets?' }
  socket.send(JSON.stringify(event))
}

function noteFrame(session: WatchedSession, text: string, helloAt: number): { type: string; visitor?: unknown } | null {
  const event = JSON.parse(text)
  if (event.type === 'ended') return null
  noteFrameAt(session, monotonicMs(), ownLagMs())
  if (event.type === 'pong') noteAccepted(session, event.t)
  if (event.type === 'user.message' && event.replay !== true) noteAccepted(session, Number(event.id))
  if (event.type === 'ready') noteAccepted(session, helloAt)
  return event
}

/** Somebody who has the token of an ended session says hello with it. */
export function comeTooLate(session: WatchedSession, token: string, port: number): void {
  const socket = dial(port)
  let isSaid = false
  let helloAt = 0
  socket.on('open', () => {
    isSaid = true
    helloAt = monotonicMs()
    socket.send(JSON.stringify({ type: 'hello', v: 1, token }))
  })
  socket.on('message', (data) => {
    const event = JSON.parse(String(data))
    if (event.type !== 'ready') return
    noteAccepted(session, helloAt)
    noteMet(session, 'hello accepted')
    socket.terminate()
  })
  socket.on('close', (code) => noteMet(session, isSaid ? `hello ${code}` : 'no line'))
}
