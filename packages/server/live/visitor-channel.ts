import type { StoredEvent } from '@parlor/conversation/transcript'
import { liveLimits, type ServerEvent } from '@parlor/protocol'
import { say } from './connection.ts'
import type { Connection, LiveContext, LiveSession, VisitorChannel } from './live-state.ts'

/** The visitor's channel, made when there is none. The caller holds it. */
export function holdChannel(context: LiveContext, live: LiveSession, visitorId: string): VisitorChannel {
  const { channels } = context.registry
  let channel = channels.get(visitorId)
  if (channel === undefined) {
    channel = {
      context,
      live,
      place: { sessionId: live.id, visitorId },
      locale: null,
      connection: null,
      reply: null,
      detachedAt: performance.now(),
      lastSeq: 0,
      prunedTo: 0,
      announcedUntil: 0,
      log: settled,
      inbox: settled,
      holds: 0,
    }
    channels.set(visitorId, channel)
    live.channels.add(channel)
  }
  channel.holds += 1
  return channel
}

const settled = Promise.resolve()

export function releaseChannel(channel: VisitorChannel): void {
  channel.holds -= 1
  if (channel.holds > 0) return
  const { live, context } = channel
  context.registry.channels.delete(channel.place.visitorId)
  live.channels.delete(channel)
  context.heartbeat.settled(channel)
  context.registry.tidy(live)
}

/** Runs one piece of work on the visitor's log at a time, in order. */
export function exclusively<T>(channel: VisitorChannel, work: () => Promise<T>): Promise<T> {
  const run = channel.log.then(work)
  channel.log = run.catch(() => {})
  return run
}

/** Takes messages one after the other. */
export function inOrder(channel: VisitorChannel, work: () => Promise<void>): Promise<void> {
  channel.holds += 1
  const run = channel.inbox.then(work).finally(() => releaseChannel(channel))
  channel.inbox = run.catch(() => {})
  return run
}

/** Events above what is kept before some are forgotten: one write for many. */
const slack = 64

/** Sends stored events to whoever is connected, after those that another node stored before them. Call it in work on the log. */
export async function tell(channel: VisitorChannel, events: readonly StoredEvent[]): Promise<void> {
  const [first] = events
  if (first === undefined) return
  if (first.seq > channel.lastSeq + 1 && channel.connection !== null) await channel.context.catchUp(channel)
  // What was told by then, and what nobody is there for, is not told again.
  for (const event of events) {
    if (event.seq <= channel.lastSeq) continue
    channel.lastSeq = event.seq
    if (channel.connection !== null) tellOne(channel.connection, event)
  }
  if (channel.lastSeq - channel.prunedTo > liveLimits.replayEvents + slack) {
    pruneTo(channel, channel.lastSeq - liveLimits.replayEvents)
  }
}

/** After the notice `conversation_reset` the agent knows nothing of what was said before; the client may go on showing it. */
export function tellOne(connection: Connection, { seq, body }: StoredEvent, replay = false): void {
  // The log holds what we put there: durable events without their numbers.
  say(connection, { ...body, seq, ...(replay ? { replay } : {}) } as unknown as ServerEvent)
}

/** Forgets events nobody needs again. */
export function pruneTo(channel: VisitorChannel, seq: number): void {
  const upTo = Math.min(seq, channel.lastSeq)
  if (upTo <= channel.prunedTo) return
  channel.prunedTo = upTo
  const { transcripts, logger } = channel.context.ports
  transcripts.pruneEvents(channel.place.visitorId, upTo).catch((err: unknown) => {
    logger.warn({ err, session: channel.live.id }, 'events could not be pruned')
  })
}
