import { answerTurn, leaveUnanswered, type Stage, type Turn } from '@parlor/conversation/turn'
import type { State } from '@parlor/protocol'
import { closeBroken, isStalled, refuse, say } from './connection.ts'
import type { Reply, VisitorChannel } from './live-state.ts'
import { briefBrain } from './load-agent.ts'
import { exclusively, releaseChannel, tell } from './visitor-channel.ts'

/** Begins to answer a stored question. Call it in the work that stored or found the question. */
export function startReply(channel: VisitorChannel, turn: Turn): void {
  if (channel.live.isEnded || channel.context.ports.mayServe?.() === false) return
  const reply: Reply = {
    turn,
    controller: new AbortController(),
    isCut: false,
    text: '',
    handedOver: 0,
    nextDelta: 0,
    flushedAt: 0,
    callOff: null,
    state: 'thinking',
    done: Promise.resolve(),
  }
  channel.reply = reply
  channel.holds += 1
  if (channel.connection === null) channel.context.heartbeat.detached(channel)
  sayState(channel, 'thinking')
  reply.done = run(channel, reply)
}

async function run(channel: VisitorChannel, reply: Reply): Promise<void> {
  const { ports, timing, timers } = channel.context
  const startedAt = performance.now()
  try {
    const answer = await answerTurn(
      { ...ports, timers, silenceMs: timing.brainSilenceMs },
      channel.place,
      reply.turn,
      stageOf(channel, reply),
      { controller: reply.controller, brief: () => briefBrain(channel, reply.turn) },
    )
    if (answer !== null) ports.metrics?.replyEnded(answer.finish, performance.now() - startedAt)
  } catch (cause) {
    if (channel.connection !== null) closeBroken(channel.connection, cause)
    else ports.logger.error({ err: cause, session: channel.live.id }, 'an answer could not be stored')
  } finally {
    leaveStage(channel, reply)
    releaseChannel(channel)
  }
}

function stageOf(channel: VisitorChannel, reply: Reply): Stage {
  return {
    exclusively: (work) => exclusively(channel, work),
    hear(piece) {
      reply.text += piece
      if (reply.state === 'thinking') {
        reply.state = 'speaking'
        sayState(channel, 'speaking')
      }
      offer(channel, reply)
    },
    heard: () => reply.text.slice(0, reply.handedOver),
    async tell(events) {
      if (events === null) return tellOther(channel, reply)
      // An interruption that came after the last word changes nothing any more.
      if (events.every(({ body }) => body.finish !== 'interrupted')) flush(channel, reply)
      leaveStage(channel, reply)
      await tell(channel, events)
      if (channel.reply === null) sayState(channel, 'idle')
    },
    failed(turn, cause) {
      const { name, statusCode } = describe(cause)
      channel.context.ports.logger.warn({ error: name, statusCode, session: channel.live.id }, 'the brain failed')
      if (channel.connection === null) return
      const message = 'The answer could not be made. Ask again in a moment.'
      refuse(channel.connection, { code: 'unavailable', message, ref: turn.question.id })
    },
  }
}

/** Another node was first with this answer: it stands, whatever of ours was heard. */
async function tellOther(channel: VisitorChannel, reply: Reply): Promise<void> {
  leaveStage(channel, reply)
  await channel.context.catchUp(channel)
  if (channel.reply === null) sayState(channel, 'idle')
}

/** A provider's message may quote what the visitor said, so it is not logged. */
function describe(cause: unknown): { name: string; statusCode: unknown } {
  if (!(cause instanceof Error)) return { name: typeof cause, statusCode: undefined }
  return { name: cause.name, statusCode: 'statusCode' in cause ? cause.statusCode : undefined }
}

function leaveStage(channel: VisitorChannel, reply: Reply): void {
  callOff(reply)
  if (channel.reply === reply) channel.reply = null
}

export function sayState(channel: VisitorChannel, agent: State['agent']): void {
  if (channel.connection !== null) say(channel.connection, { type: 'state', agent })
}

/** Hands new text over, in pieces: not more often than `deltaEveryMs`, and not to a client that does not read. */
function offer(channel: VisitorChannel, reply: Reply): void {
  if (reply.callOff !== null || reply.isCut) return
  const { timing, timers } = channel.context
  const waitMs = reply.flushedAt + timing.deltaEveryMs - performance.now()
  if (waitMs <= 0 && flush(channel, reply)) return
  reply.callOff = timers.after(waitMs > 0 ? waitMs : timing.deltaEveryMs, () => {
    reply.callOff = null
    offer(channel, reply)
  })
}

function flush(channel: VisitorChannel, reply: Reply): boolean {
  const { connection } = channel
  if (connection !== null && isStalled(connection)) return false
  const text = reply.text.slice(reply.handedOver)
  if (text === '') return true
  if (connection !== null) {
    say(connection, { type: 'message.delta', response: reply.turn.response, i: reply.nextDelta, text })
  }
  reply.nextDelta += 1
  reply.handedOver = reply.text.length
  reply.flushedAt = performance.now()
  return true
}

/** Tells a visitor who came back where the running answer stands. */
export function tellReplySoFar(channel: VisitorChannel): void {
  const { connection, reply } = channel
  if (connection === null || reply === null) return
  const { text, turn, state } = reply
  say(connection, { type: 'state', agent: state })
  say(connection, { type: 'message.delta', response: turn.response, i: 0, text, replay: true })
  reply.handedOver = text.length
  if (text !== '') reply.nextDelta = Math.max(1, reply.nextDelta)
}

/** Stops the running answer. `left` leaves its question to whoever meets the visitor next, or has met the visitor already. */
export function abortReply(channel: VisitorChannel, why: 'interrupted' | 'ended' | 'left'): void {
  const { reply } = channel
  if (reply === null) return
  callOff(reply)
  reply.isCut = true
  reply.controller.abort(why === 'left' ? leaveUnanswered : undefined)
}

function callOff(reply: Reply): void {
  reply.callOff?.()
  reply.callOff = null
}
