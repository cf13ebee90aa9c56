import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { newId } from '@parlor/core/time'
import { closeCodes, liveLimits } from '@parlor/protocol'
import { type RawData, WebSocketServer } from 'ws'
import { detachVisitor } from './attach-visitor.ts'
import { closeBroken, closeConnection, LiveSocket, markOver, refuse } from './connection.ts'
import { hearFirstFrame, leaveGreeting } from './handshake.ts'
import { hearFrame } from './hear-event.ts'
import type { Connection, LiveContext } from './live-state.ts'
import { parseClientEvent } from './parse-client-event.ts'
import { countEvent, newPace } from './rate.ts'

/** Makes the function that turns upgrade requests for `/v1/rt` into connections. */
export function createUpgrade(context: LiveContext) {
  const options = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: liveLimits.frameBytes,
    // Pongs are counted like any event, so that pings cannot fill memory.
    autoPong: false,
    // `ws` destroys the connection this long after our close frame.
    closeTimeout: context.timing.destroyAfterMs,
    WebSocket: LiveSocket,
  }
  const server = new WebSocketServer(options)
  const { ports } = context
  let opened = 0

  return (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    if (request.url !== '/v1/rt') {
      const hint = request.url?.startsWith('/v1/rt?')
        ? 'Leave the query out: the token goes into hello.'
        : 'No such socket.'
      refuseUpgrade(stream, '404 Not Found', hint)
      return
    }
    const address = ports.clientAddress?.(request)
    if (address !== undefined && ports.addresses?.enter(address) === false) {
      ports.logger.warn({ pii: { address } }, 'an address was turned away')
      refuseUpgrade(stream, '429 Too Many Requests', 'Too many refused connections from this address. Wait a minute.')
      return
    }
    server.handleUpgrade(request, stream, head, (socket: LiveSocket) => {
      opened += 1
      open(context, socket, stream, { origins: request.headersDistinct.origin ?? [], address }, opened)
    })
  }
}

/** Answers an upgrade request that will not become a socket. */
export function refuseUpgrade(stream: Duplex, status: string, hint: string): void {
  const body = `${hint}\n`
  stream.on('error', () => stream.destroy())
  stream.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

type Greeting = NonNullable<Connection['request']>

function open(context: LiveContext, socket: LiveSocket, stream: Duplex, request: Greeting, slot: number): void {
  const { ports, registry, heartbeat } = context
  const connection: Connection = {
    id: newId(ports.clock),
    socket,
    stream,
    context,
    phase: 'greeting',
    request,
    early: null,
    pace: newPace(performance.now()),
    openedAt: performance.now(),
    slot: slot % heartbeat.slots,
    unansweredPings: 0,
    stalledSince: 0,
    live: null,
    channel: null,
    closedWith: 0,
  }
  socket.connection = connection
  socket.on('message', onMessage)
  socket.on('ping', onPing)
  socket.on('pong', onPong)
  socket.on('close', onClose)
  socket.on('error', onError)
  registry.add(connection)
  heartbeat.watch(connection)
  ports.metrics?.socketOpened()
}

function onMessage(this: unknown, data: RawData, isBinary: boolean): void {
  const connection = connectionOf(this)
  if (connection === null) return
  connection.unansweredPings = 0
  const text = isBinary ? null : data.toString()
  try {
    if (!mayPass(connection, text)) return
    if (connection.phase === 'greeting') hearFirstFrame(connection, text)
    else hearFrame(connection, text)
  } catch (cause) {
    closeBroken(connection, cause)
  }
}

function mayPass(connection: Connection, text: string | null): boolean {
  const verdict = countEvent(connection.pace, performance.now())
  if (verdict === 'pass') return true
  const parsed = text !== null && text.length <= 2 * liveLimits.textBytes ? parseClientEvent(text) : null
  const ref = parsed?.kind === 'event' && 'id' in parsed.event ? parsed.event.id : undefined
  const message = `At most ${liveLimits.eventsPerSecond} events a second. Wait a moment and send it again.`
  refuse(connection, { code: 'rate_limited', message, ref, retryable: true })
  if (verdict === 'close') closeConnection(connection, closeCodes.tooFast)
  return false
}

function onPing(this: unknown, data: Buffer): void {
  const connection = connectionOf(this)
  if (connection === null) return
  connection.unansweredPings = 0
  if (mayPass(connection, null)) connection.socket.pong(data)
}

function onPong(this: unknown): void {
  const connection = connectionOf(this)
  if (connection !== null) connection.unansweredPings = 0
}

function onClose(this: unknown, code: number): void {
  const socket = this as LiveSocket
  const { connection } = socket
  if (connection === null) return
  socket.connection = null
  if (connection.phase !== 'over') markOver(connection, code)
  leaveGreeting(connection, 'refused')
  detachVisitor(connection)
  connection.context.registry.remove(connection)
  connection.context.ports.metrics?.socketClosed(connection.closedWith)
}

/** `close` follows every error, with the code that says what it was. */
function onError(): void {}

/** The socket's connection, or null when nothing it says matters any more. */
function connectionOf(socket: unknown): Connection | null {
  const { connection } = socket as LiveSocket
  if (connection === null || connection.phase === 'over') return null
  return connection.context.ports.mayServe?.() === false ? null : connection
}
