import { beginTurn, tellMessage } from '@parlor/conversation/turn'
import { endSession } from '@parlor/core/session'
import type { UserText } from '@parlor/protocol'
import { closeBroken } from './connection.ts'
import { endingPorts } from './ending-ports.ts'
import type { VisitorChannel } from './live-state.ts'
import { requireAgent } from './load-agent.ts'
import { abortReply, startReply } from './reply.ts'
import { exclusively, inOrder, tell } from './visitor-channel.ts'

/** Takes one typed message: stores it, acknowledges it, begins its answer. A running answer is interrupted. */
export function takeMessage(channel: VisitorChannel, message: UserText): void {
  inOrder(channel, async () => {
    if (channel.live.isEnded) return
    if (channel.reply !== null) {
      if (await acknowledgeKnown(channel, message)) return
      abortReply(channel, 'interrupted')
      await channel.reply?.done
    }
    await storeMessage(channel, message)
  }).catch((cause: unknown) => {
    const { logger } = channel.context.ports
    if (channel.connection !== null) closeBroken(channel.connection, cause)
    else logger.error({ err: cause, session: channel.live.id }, 'a message could not be stored')
  })
}

async function storeMessage(channel: VisitorChannel, { id, text }: UserText): Promise<void> {
  const { context, live } = channel
  const { ports } = context
  if (live.session === null) return
  const agent = await requireAgent(ports, live.session)
  const rules = { ...ports.limits, maxConversationLength: agent.settings.maxConversationLength }
  const begun = await exclusively(channel, async () => {
    if (live.isEnded) return null
    const result = await beginTurn(ports.transcripts, channel.place, ports.clock.now(), { id, text }, rules)
    if (result.outcome !== 'stored') return result
    ports.metrics?.messageStored()
    tell(channel, result.appended.events)
    startReply(channel, result.turn)
    return result
  })
  if (begun?.outcome === 'known') await acknowledgeAgain(channel, { id, text })
  if (begun?.outcome === 'limit') await endSession(endingPorts(context), live.id, 'limit')
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
    tell(channel, appended?.events ?? [])
  })
}
