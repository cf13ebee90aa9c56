import { beginTurn, tellMessage } from '@parlor/conversation/turn'
import { endSession } from '@parlor/core/session'
import type { UserText } from '@parlor/protocol'
import { closeBroken, isOver } from './connection.ts'
import { endingPorts } from './ending-ports.ts'
import type { VisitorChannel } from './live-state.ts'
import { requireAgent } from './load-agent.ts'
import { abortReply, startReply } from './reply.ts'
import { exclusively, inOrder, tell } from './visitor-channel.ts'

/** Takes one typed message: stores it, acknowledges it, begins its answer. A running answer is interrupted. */
export function takeMessage(channel: VisitorChannel, message: UserText): void {
  inOrder(channel, async () => {
    while (!channel.live.isEnded && mayServe(channel)) {
      if (channel.reply !== null) {
        if (await acknowledgeKnown(channel, message)) return
        abortReply(channel, 'interrupted')
        await channel.reply?.done
      }
      if ((await storeMessage(channel, message)) === 'done') return
    }
  }).catch((cause: unknown) => {
    const { logger } = channel.context.ports
    if (channel.connection !== null) closeBroken(channel.connection, cause)
    else logger.error({ err: cause, session: channel.live.id }, 'a message could not be stored')
  })
}

function mayServe(channel: VisitorChannel): boolean {
  return channel.context.ports.mayServe?.() !== false
}

/** `again`: something came in between, which had to be told or is being answered first. */
async function storeMessage(channel: VisitorChannel, { id, text }: UserText): Promise<'done' | 'again'> {
  const { context, live } = channel
  const { ports } = context
  if (live.session === null) return 'done'
  const agent = await requireAgent(ports, live.session)
  const rules = { ...ports.limits, maxConversationLength: agent.settings.maxConversationLength }
  const outcome = await exclusively(channel, async () => {
    // Not acknowledged, it is sent again to whoever serves the visitor now.
    if (live.isEnded || !mayServe(channel)) return null
    if (channel.reply !== null) return 'again'
    const question = { id, text }
    const seenSeq = channel.lastSeq
    const begun = await beginTurn(ports.transcripts, channel.place, {
      now: ports.clock.now(),
      question,
      rules,
      seenSeq,
    })
    if (begun.outcome === 'behind') {
      // Another node wrote since: for somebody it serves, or served when this connection took over.
      if (channel.connection === null || isOver(channel.connection)) return null
      await context.catchUp(channel)
      return 'again'
    }
    if (begun.outcome !== 'stored') return begun.outcome
    ports.metrics?.messageStored()
    await tell(channel, begun.appended.events)
    startReply(channel, begun.turn)
    return null
  })
  if (outcome === 'again') return 'again'
  if (outcome === 'known') await acknowledgeAgain(channel, { id, text })
  if (outcome === 'limit') await endSession(endingPorts(context), live.id, 'limit')
  return 'done'
}

/** Whether a message of this id is stored; then it is acknowledged again and nothing else happens. */
async function acknowledgeKnown(channel: VisitorChannel, message: UserText): Promise<boolean> {
  let isKnown = false
  const { sessionId, visitorId } = channel.place
  const { transcripts, clock } = channel.context.ports
  await exclusively(channel, () =>
    transcripts.append(sessionId, visitorId, clock.now(), (_, has) => {
      isKnown = has(message.id)
      return null
    }),
  )
  if (isKnown) await acknowledgeAgain(channel, message)
  return isKnown
}

/**
 * The first acknowledgement may not have arrived: a new event says the same again, with what was stored under this id as
 * long as that can be read.
 */
async function acknowledgeAgain(channel: VisitorChannel, { id, text }: { id: string; text: string }): Promise<void> {
  const { transcripts, clock } = channel.context.ports
  const { sessionId, visitorId } = channel.place
  await exclusively(channel, async () => {
    const stored = (await transcripts.listMessages(visitorId)).find((one) => one.id === id && one.role === 'visitor')
    const at = stored?.at ?? new Date(clock.now()).toISOString()
    const again = { ...tellMessage({ id, text: stored?.text ?? text }, at) }
    const appended = await transcripts.append(sessionId, visitorId, clock.now(), () => ({ events: [again] }))
    await tell(channel, appended?.events ?? [])
  })
}
