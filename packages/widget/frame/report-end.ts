import type { ClosedReason, Connection } from '@parlor/live-client'
import type { FrameToLoader } from '@parlor/protocol'

type Ended = FrameToLoader & { type: 'parlor.ended' }

const told: Record<ClosedReason, Ended['reason']> = {
  revoked: 'revoked',
  stopped: 'stopped',
  expired: 'expired',
  limit: 'limit',
  failed: 'failed',
  replaced: 'replaced',
  refused: 'refused',
  bad_token: 'bad_token',
  protocol: 'failed',
  left: 'stopped',
  done: 'stopped',
}

/** What the page around us is told of an end. */
export function endedMessage({ reason, code }: Connection & { phase: 'closed' }): Ended {
  return { type: 'parlor.ended', reason: told[reason], code }
}
