import type { Session } from '@parlor/core/session'
import { closeCodes, type EndedReason, type ServerEvent } from '@parlor/protocol'
import { WebSocket } from 'ws'
import type { Connection } from './live-state.ts'

/** A socket that knows its connection, so that all sockets share one function per kind of event. */
export class LiveSocket extends WebSocket {
  connection: Connection | null = null
}

/** Sends one event, unless the connection is over. A client that reads nothing is let go before it costs memory. */
export function say(connection: Connection, event: ServerEvent): void {
  const { socket, context } = connection
  if (connection.phase === 'over' || socket.readyState !== WebSocket.OPEN) return
  if (context.ports.mayServe?.() === false) return
  if (socket.bufferedAmount > context.timing.hardBufferBytes) {
    closeConnection(connection, closeCodes.tryLater)
    return
  }
  socket.send(JSON.stringify(event))
  if (isStalled(connection)) context.heartbeat.stalled(connection)
}

/** Asked anew after every wait: neither an ending nor the loss of the lease asks before it comes. */
export function isOver({ phase, context }: Connection): boolean {
  return phase === 'over' || context.ports.mayServe?.() === false
}

/** Whether more is unsent than we want to add to. */
export function isStalled(connection: Connection): boolean {
  return connection.socket.bufferedAmount > connection.context.timing.softBufferBytes
}

export interface Refusal {
  code: string
  message: string
  ref?: string | undefined
  retryable?: boolean
}

/** Says what went wrong with one of the client's events. */
export function refuse(connection: Connection, { code, message, ref, retryable = false }: Refusal): void {
  say(connection, { type: 'error', code, message, ...(ref === undefined ? {} : { ref }), retryable })
}

/** Ends a connection: nothing is read or written after the close frame. The TCP connection is destroyed a second later. */
export function closeConnection(connection: Connection, code: number, lastWord?: ServerEvent): void {
  if (connection.phase === 'over') return
  const { socket } = connection
  const isBehind = isStalled(connection)
  if (lastWord !== undefined && !isBehind) say(connection, lastWord)
  markOver(connection, code)
  socket.close(code)
}

/** From here on the connection is dead, whatever its socket still does. */
export function markOver(connection: Connection, code: number): void {
  connection.phase = 'over'
  connection.closedWith = code
  connection.early = null
  connection.context.heartbeat.forget(connection)
}

/** Something broke inside: logged in full, told as no more than that. */
export function closeBroken(connection: Connection, cause: unknown): void {
  const { logger } = connection.context.ports
  logger.error({ err: cause, conn: connection.id, session: connection.live?.id }, 'live connection failed')
  closeConnection(connection, closeCodes.internal, {
    type: 'error',
    code: 'internal',
    message: `Something went wrong inside Parlor. Give "${connection.id}" to the operator.`,
    retryable: true,
  })
}

const codeOf: Record<NonNullable<Session['reason']>, number> = {
  expired: closeCodes.expired,
  revoked: closeCodes.revoked,
  stopped: closeCodes.revoked,
  limit: closeCodes.limitReached,
  failed: closeCodes.failed,
}

/** How the end of a session is told. */
export function endedEvent(session: Pick<Session, 'reason'>): { type: 'ended'; reason: EndedReason; code: number } {
  const reason = session.reason ?? 'expired'
  return { type: 'ended', reason, code: codeOf[reason] }
}
