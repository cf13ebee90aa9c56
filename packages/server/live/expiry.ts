import { endSession } from '@parlor/core/session'
import { isOver } from './connection.ts'
import { endingPorts } from './ending-ports.ts'
import type { LiveContext, LiveSession, VisitorChannel } from './live-state.ts'
import { exclusively, releaseChannel, tell } from './visitor-channel.ts'

/** When visitors are told that the end is near, in seconds before it. */
const warnings = [60, 30, 10]
/** Node's timers hold no more than 31 bits. */
const longestTimerMs = 2 ** 31 - 1

/** Arms one timer for a session somebody is connected to: for the next warning, then for the end. */
export function watchExpiry(context: LiveContext, live: LiveSession): void {
  if (live.expiryTimer !== undefined || live.session === null || live.isEnded) return
  const { expiresAt } = live.session
  const leftMs = expiresAt - context.ports.clock.now()
  const warning = nextWarning(leftMs)
  const waitMs = Math.max(0, leftMs - (warning ?? 0) * 1000)
  live.expiryTimer = setTimeout(
    () => {
      live.expiryTimer = undefined
      void arrive(context, live, expiresAt, warning)
    },
    Math.min(waitMs, longestTimerMs),
  )
  live.expiryTimer.unref()
}

/** The next warning, in seconds; undefined when only the end is to come. */
export function nextWarning(leftMs: number): number | undefined {
  return warnings.find((seconds) => seconds * 1000 < leftMs)
}

/** The timer may be early, by its own measure or because the time was too long for one; then it is armed again. */
async function arrive(context: LiveContext, live: LiveSession, expiresAt: number, warning?: number): Promise<void> {
  const { ports } = context
  const leftMs = expiresAt - ports.clock.now()
  try {
    if (leftMs <= 0) await endSession(endingPorts(context), live.id, 'expired')
    else if (warning !== undefined && leftMs <= warning * 1000) {
      for (const channel of live.channels) warn(channel, warning)
    }
  } catch (err) {
    ports.logger.error({ err, session: live.id }, 'an expiry could not be written')
  }
  if (leftMs > 0) watchExpiry(context, live)
}

function warn(channel: VisitorChannel, secondsRemaining: number): void {
  const { ports } = channel.context
  notify(channel, { code: 'expires_soon', seconds_remaining: secondsRemaining }).catch((err: unknown) => {
    ports.logger.error({ err, session: channel.live.id }, 'a notice could not be stored')
  })
}

/** Stores a notice in the visitor's log and tells it; for a visitor who is away, or served elsewhere, it means nothing. */
export async function notify(
  channel: VisitorChannel,
  notice: { code: string; seconds_remaining?: number },
): Promise<void> {
  const { ports } = channel.context
  channel.holds += 1
  try {
    await exclusively(channel, async () => {
      if (channel.connection === null || isOver(channel.connection)) return
      const { sessionId, visitorId } = channel.place
      const events = [{ type: 'notice', ...notice }]
      const appended = await ports.transcripts.append(sessionId, visitorId, ports.clock.now(), () => ({ events }))
      await tell(channel, appended?.events ?? [])
    })
  } finally {
    releaseChannel(channel)
  }
}
