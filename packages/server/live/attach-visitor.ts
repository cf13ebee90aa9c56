import { type Resume, readResume } from '@parlor/conversation/transcript'
import { findUnanswered } from '@parlor/conversation/turn'
import type { AdmittedVisitor } from '@parlor/core/session'
import { closeCodes, type Hello } from '@parlor/protocol'
import { takeUp } from './catch-up.ts'
import { closeConnection, isOver, isStalled, say } from './connection.ts'
import type { Connection, VisitorChannel } from './live-state.ts'
import type { AgentWithLook } from './load-agent.ts'
import { renderReady } from './render-ready.ts'
import { tellReplySoFar } from './reply.ts'
import { exclusively, releaseChannel, tellOne } from './visitor-channel.ts'

/**
 * Puts a connection on its visitor's line: an older connection is replaced, what was missed is told, a question that still
 * waits is answered. All of it while nothing is written to the log, so nothing is told twice or left out.
 */
export function attachVisitor(
  connection: Connection,
  channel: VisitorChannel,
  hello: Hello,
  admitted: AdmittedVisitor,
  look: AgentWithLook,
): Promise<void> {
  return exclusively(channel, async () => {
    const resume = await readResume(channel.context.ports.transcripts, channel.place, hello.resume?.last_seq ?? null)
    if (isOver(connection)) return
    replaceOlder(channel)
    const isReplay = resume.kind === 'replay'
    say(connection, renderReady(connection, admitted, look, { ok: isReplay, gap: !isReplay && resume.gap }))
    await tellMissed(connection, resume)
    if (isOver(connection)) return
    channel.lastSeq = resume.tail.lastSeq
    channel.locale = hello.locale ?? null
    putOn(channel, connection)
    // Nobody else can have served a visitor who was never here before.
    if (hello.visitor !== undefined) announce(channel)
    takeUp(channel, findUnanswered(resume.messages, resume.tail))
    tellReplySoFar(channel)
  })
}

function putOn(channel: VisitorChannel, connection: Connection): void {
  channel.connection = connection
  channel.holds += 1
  channel.context.heartbeat.settled(channel)
  connection.channel = channel
  connection.phase = 'open'
}

/** Until other nodes have heard it, what they say of this visitor is older. */
function announce(channel: VisitorChannel): void {
  const { ports, timing } = channel.context
  if (ports.visitorCame === undefined) return
  channel.announcedUntil = performance.now() + timing.newsMs
  ports.visitorCame(channel.place.visitorId)
}

/** What was missed may be more than the client takes at once; until it has it all, nothing new is told. */
async function tellMissed(connection: Connection, resume: Resume): Promise<void> {
  if (resume.kind === 'snapshot') {
    say(connection, { type: 'snapshot', seq: resume.tail.lastSeq, messages: resume.messages })
    return
  }
  for (const event of resume.events) {
    while (isStalled(connection) && !isOver(connection)) await pause(connection)
    tellOne(connection, event, true)
  }
}

function pause({ context }: Connection): Promise<void> {
  return new Promise((resolve) => {
    context.timers.after(context.timing.deltaEveryMs, resolve)
  })
}

/** Closes the connection a visitor had before. */
export function replaceOlder({ connection }: VisitorChannel): void {
  if (connection === null) return
  closeConnection(connection, closeCodes.replaced, { type: 'ended', reason: 'replaced', code: closeCodes.replaced })
  detachVisitor(connection)
}

/** Takes a closed connection off its visitor's line. A running answer goes on for a while. */
export function detachVisitor(connection: Connection): void {
  const { channel } = connection
  if (channel === null) return
  connection.channel = null
  if (channel.connection === connection) {
    channel.connection = null
    channel.detachedAt = performance.now()
    if (channel.reply !== null) channel.context.heartbeat.detached(channel)
  }
  releaseChannel(channel)
}
