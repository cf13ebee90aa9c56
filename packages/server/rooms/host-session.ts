import type { EndReason } from '@parlor/core/session'
import { endSession } from '@parlor/core/session'
import type { Host, Hosting, HostingContext } from './hosting.ts'
import { judgeLoss, type Loss, whyRoomless } from './judge-loss.ts'
import { meetVisitor } from './meet-visitor.ts'
import { watchPresence } from './presence.ts'
import type { RoomSession } from './rooms-ports.ts'
import { takeSeat } from './take-seat.ts'
import { watchDeadline } from './watch-deadline.ts'
import { pause, within } from './within.ts'

/** A seat kept for less than this counts among the failures in a row. */
const goodSeatMs = 10_000

/** Sends the avatar into a session's room and keeps it there until the session is over. */
export function hostSession(context: HostingContext, session: RoomSession): Hosting {
  const { ports, timing } = context
  const controller = new AbortController()
  const { remoteAgent, avatarIdentity } = session.settings.room
  const counts = ({ identity }: { identity: string }) =>
    identity !== remoteAgent?.identity && identity !== avatarIdentity
  const met = meetVisitor(() => host)
  const presence = watchPresence(
    {
      counts,
      emptyMs: timing.emptySeconds * 1000 + timing.graceMs,
      leftMs: timing.leftSeconds * 1000 + timing.graceMs,
      came: met,
      deserted: () => {
        const { reason, why } = whyRoomless(host.visitorId !== null)
        void finish(host, reason, why)
      },
    },
    session.boundVisitorId !== null,
  )
  const stop = async (why: 'ended' | 'left') => {
    controller.abort()
    presence.stop()
    await within(timing.leaveMs, Promise.all([host.sitting?.leave(why), done])).catch(() => {
      ports.logger.warn({ session: session.id }, 'the avatar has not left its room in time')
    })
  }
  const host: Host = {
    session,
    context,
    controller,
    presence,
    sitting: null,
    visitorId: session.boundVisitorId,
    notice: (identity) => {
      if (counts({ identity })) met()
    },
    stop,
    async depart(free) {
      presence.stop()
      try {
        // Parting words are still the avatar's own; a handover is not.
        if (free === null) {
          const words = presence.count() > 0 ? host.sitting?.talk.excuse() : undefined
          await within(timing.excuseMs, words ?? Promise.resolve())
        } else {
          controller.abort()
          if (host.sitting === null) await free()
          else await host.sitting.handOver(timing.handOverMs, free)
        }
      } catch (err) {
        ports.logger.warn({ err, session: session.id }, 'an avatar could not take its leave')
      }
      await stop('left')
    },
  }
  const callOff = watchDeadline({
    expiresAt: session.expiresAt,
    clock: ports.clock,
    warn: (secondsRemaining) => host.sitting?.seat.notify({ type: 'expires_soon', secondsRemaining }),
    arrive: () => void finish(host, 'expired'),
  })
  const done = stay(host)
    .catch((err: unknown) =>
      ports.logger.error({ err, session: session.id }, 'an avatar could not be kept in its room'),
    )
    .finally(() => {
      callOff()
      presence.stop()
      context.over(host)
    })
  return host
}

/** Sits, and sits down again after a loss, until it is over. */
async function stay(host: Host): Promise<void> {
  const { context, controller, session } = host
  const { ports, timing } = context
  // Only now that an ending finds the hosting is the row worth reading: it shows the end, or the ending comes here.
  const current = await ports.sessions.findSession(session.id)
  if (current === null || current.state === 'ended') return
  let failures = 0
  let lastGoodAt = performance.now()
  while (!controller.signal.aborted) {
    const loss = await sit(host)
    if (controller.signal.aborted) return
    if (loss.seatedMs >= goodSeatMs) {
      failures = 0
      lastGoodAt = performance.now()
    }
    failures += 1
    const isLast = failures > timing.mostRejoins || performance.now() - lastGoodAt > timing.giveUpMs
    const verdict = await judgeLoss(ports, session, { ...loss, isLast, hasMet: host.visitorId !== null })
    if (verdict.type === 'drop') return
    // Not awaited: the ending comes back here to see the hosting over.
    if (verdict.type === 'end') return void finish(host, verdict.reason, verdict.why)
    await pause(Math.min(timing.rejoinSlowMs, timing.rejoinMs * 2 ** (failures - 1)), controller.signal)
  }
}

/** One sitting, from taking the seat to losing it. */
async function sit(host: Host): Promise<Loss> {
  const { context, controller, session, presence } = host
  const { logger } = context.ports
  try {
    const sitting = await takeSeat(context, session, controller.signal, {
      joined: presence.joined,
      left: presence.left,
      notice: host.notice,
      limitReached: () => void finish(host, 'limit', 'the session has had all the messages or tokens it may have'),
    })
    const seatedAt = performance.now()
    host.sitting = sitting
    logger.info({ session: session.id }, 'the avatar is in its room')
    if (host.visitorId !== null) sitting.talk.meet(host.visitorId)
    presence.reset(sitting.seat.people())
    const how = await sitting.lost
    const people = presence.count()
    host.sitting = null
    await sitting.leave('left')
    logger.info({ session: session.id, how: controller.signal.aborted ? 'left' : how }, 'the avatar is out of its room')
    return { how, people, seatedMs: performance.now() - seatedAt }
  } catch (err) {
    if (!controller.signal.aborted) logger.warn({ err, session: session.id }, 'the avatar could not take its seat')
    return { how: 'failed', people: 0, seatedMs: 0 }
  }
}

/** Ends the session, and the hosting in any case: an end that could not be written is written by the sweep. */
async function finish(host: Host, reason: EndReason, why?: string): Promise<void> {
  const { ports } = host.context
  try {
    if (ports.mayServe()) await endSession(ports, host.session.id, reason, undefined, why)
  } catch (err) {
    ports.logger.error({ err, session: host.session.id }, 'the end of an avatar session could not be written')
  } finally {
    await host.stop('left')
  }
}
