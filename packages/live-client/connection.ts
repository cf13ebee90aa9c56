import { closeCodes, type EndedReason, liveLimits, mayReconnect } from '@parlor/protocol'

/** Why a connection is over for good. */
export type ClosedReason = EndedReason | 'left' | 'done' | 'refused' | 'bad_token' | 'protocol'

/**
 * Where the connection stands. `connecting` is the time before the first `ready`; `attempt` counts the tries that failed
 * since the connection last held; `code` is the last close code seen, where there was one.
 */
export type Connection =
  | { phase: 'idle' }
  | { phase: 'connecting'; attempt: number; code: number | null }
  | { phase: 'open'; since: number; attempt: number }
  | { phase: 'reconnecting'; attempt: number; code: number | null }
  | { phase: 'closed'; code: number; reason: ClosedReason }

export type ConnectionEvent =
  | { type: 'started' }
  | { type: 'ready'; now: number }
  | { type: 'dropped'; code: number; now: number }
  | { type: 'ended'; reason: EndedReason; code: number }
  | { type: 'expired' }
  | { type: 'left' }

/** A connection that held this long (milliseconds) starts counting its failures from zero again. */
export const heldMs = 5_000

/** The connection after one event. Pure. `closed` stays closed until `started`. */
export function reduceConnection(connection: Connection, event: ConnectionEvent): Connection {
  if (event.type === 'started') return { phase: 'connecting', attempt: 0, code: null }
  if (connection.phase === 'closed' || connection.phase === 'idle') return connection
  switch (event.type) {
    case 'ready':
      return { phase: 'open', since: event.now, attempt: connection.phase === 'open' ? 0 : connection.attempt }
    case 'dropped':
      return dropped(connection, event.code, event.now)
    case 'ended':
      return { phase: 'closed', code: event.code, reason: event.reason }
    case 'expired':
      return { phase: 'closed', code: closeCodes.expired, reason: 'expired' }
    case 'left':
      return { phase: 'closed', code: closeCodes.done, reason: 'left' }
  }
}

/** How long to wait before try number `attempt` (from 1), in milliseconds: half of it fixed, half by chance. */
export function backoffMs(attempt: number, code: number | null, random: number): number {
  const { reconnectMinMs, reconnectMaxMs } = liveLimits
  const asked = code === closeCodes.tooFast || code === closeCodes.tryLater
  const ceiling = asked ? reconnectMaxMs : Math.min(reconnectMaxMs, 2 * reconnectMinMs * 2 ** (attempt - 1))
  return Math.round(Math.max(reconnectMinMs, ceiling / 2 + (ceiling / 2) * random))
}

type Living = Exclude<Connection, { phase: 'closed' } | { phase: 'idle' }>

function dropped(connection: Living, code: number, now: number): Connection {
  if (!mayReconnect(code)) return { phase: 'closed', code, reason: reasons[code] ?? 'done' }
  if (connection.phase === 'open') {
    const held = now - connection.since >= heldMs
    return { phase: 'reconnecting', attempt: held ? 1 : connection.attempt + 1, code }
  }
  return { phase: connection.phase, attempt: connection.attempt + 1, code }
}

const reasons: Partial<Record<number, ClosedReason>> = {
  [closeCodes.done]: 'done',
  [closeCodes.protocol]: 'protocol',
  [closeCodes.badToken]: 'bad_token',
  [closeCodes.originRefused]: 'refused',
  [closeCodes.replaced]: 'replaced',
  [closeCodes.expired]: 'expired',
  [closeCodes.revoked]: 'revoked',
  [closeCodes.limitReached]: 'limit',
  [closeCodes.failed]: 'failed',
}
