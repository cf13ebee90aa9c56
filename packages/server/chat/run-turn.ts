import { setImmediate as nextTick } from 'node:timers/promises'
import type { Calling } from '@parlor/conversation/brain'
import {
  type Answerer,
  beginChatTurn,
  type ChatAnswer,
  type ChatUser,
  composeChatAnswer,
  isFarFromLimits,
  storeChatAnswer,
  type Talk,
  tooLate,
  whoAnswers,
} from '@parlor/conversation/chat'
import type { Timers } from '@parlor/conversation/turn'
import type { Project } from '@parlor/core/account'
import { ParlorError } from '@parlor/core/errors'
import type { FastifyBaseLogger } from 'fastify'
import type { ChatPorts } from './chat-ports.ts'
import type { ChatTiming } from './chat-timing.ts'
import { sessionEnded } from './held-sessions.ts'
import type { RunningTurn, StopReason, TurnOutcome } from './running-turn.ts'

/** What is to be answered, for whom, and how. */
export interface AskedTurn {
  user: ChatUser
  project: Project
  chatId: string
  /** What the caller called the model. */
  model: string
  talk: Talk
  calling: Omit<Calling, 'steps' | 'notes' | 'historyBudget'>
  /** Nothing of it is to be kept. */
  isForgotten: boolean
  /** It runs on for a while when nobody listens any more. */
  isResumable: boolean
}

export interface TurnContext {
  ports: ChatPorts
  timing: ChatTiming
  logger: Pick<FastifyBaseLogger, 'warn' | 'error'>
}

/** A caller that keeps its own history decides what is worth sending. In characters: all that a request may hold. */
const historyBudget = 1_048_576

/** Stores what is asked, has it answered, stores the answer. Never throws: what goes wrong is the outcome. */
export async function runTurn(context: TurnContext, asked: AskedTurn, turn: RunningTurn): Promise<TurnOutcome> {
  try {
    const answer = await answerQuestion(context, asked, turn)
    const { chatId, isForgotten, model, user } = asked
    const stored = await storeChatAnswer(
      context.ports,
      user,
      { chatId, isForgotten, model, messageId: turn.messageId },
      answer,
    )
    if (answer.finish !== 'failed' && answer.finish !== 'stopped') return { ok: true, answer, stored }
    if (answer.finish === 'failed') tellFailure(context, asked, answer)
    return { ok: false, error: refusalOf(answer, turn), stored }
  } catch (cause) {
    const error = cause instanceof ParlorError ? cause : new ParlorError('internal', { cause })
    return { ok: false, error, stored: null }
  }
}

async function answerQuestion(context: TurnContext, asked: AskedTurn, turn: RunningTurn): Promise<ChatAnswer> {
  const { ports } = context
  const { user, talk, chatId, isForgotten } = asked
  const [answerer, isFar] = await Promise.all([
    whoAnswers(ports, asked.project, user.session),
    isFarFromLimits(ports, user, asked, ports.limits),
  ])
  const question = { chatId, agentId: answerer.agentId, said: talk.said, isForgotten }
  const begin = async () => {
    const begun = await beginChatTurn(ports, user, question, ports.limits)
    if (begun.outcome === 'limit') throw new ParlorError('session_limit')
    turn.base = begun.base
    turn.changed()
  }
  if (!isFar) {
    await begin()
    return compose(context, asked, turn, answerer)
  }
  // The model thinks while the disk writes. Nothing of the answer is told before the question is stored for good.
  const answering = compose(context, asked, turn, answerer)
  try {
    // A store that writes in this process holds everything up while it does: the model's request is to be on its way before.
    await nextTick()
    await begin()
  } catch (error) {
    turn.stop({ why: 'left' })
    throw error
  }
  return answering
}

function compose(
  { ports, timing }: TurnContext,
  { talk, calling }: AskedTurn,
  turn: RunningTurn,
  { brief }: Answerer,
): Promise<ChatAnswer> {
  return composeChatAnswer({
    brain: ports.brain,
    controller: turn.controller,
    timers: nodeTimers,
    silenceMs: timing.brainSilenceMs,
    brief: async () => ({
      ...brief,
      locale: null,
      history: talk.history,
      question: talk.question,
      calling: { ...calling, steps: talk.steps, notes: talk.notes, historyBudget },
    }),
    hear(piece) {
      if (piece.type === 'text') turn.pieces.push(piece.text)
      else turn.calls.push(piece.call)
      turn.changed()
    },
  })
}

function refusalOf({ finish, cause }: ChatAnswer, turn: RunningTurn): ParlorError {
  if (finish === 'failed') return failureOf(cause)
  const reason = turn.controller.signal.reason as StopReason
  if (reason.why === 'ended') return sessionEnded(reason.session)
  if (reason.why === 'leaving') {
    return new ParlorError('unavailable', {
      message: 'This server is leaving. Send it again in a moment.',
      facts: { leaving: true, retry_after: 1 },
    })
  }
  return new ParlorError('model_failed', { message: 'The answer was stopped: nobody listened any more.' })
}

function failureOf(cause: unknown): ParlorError {
  if (cause instanceof ParlorError) return cause
  if (!isLate(cause)) return new ParlorError('model_failed', { cause })
  const message = 'The model did not answer in time. Try again in a moment; the operator finds the reason in the log.'
  return new ParlorError('model_failed', { message, facts: { timeout: true }, cause })
}

/** Providers say so, each with an error of its own. */
function isLate(cause: unknown): boolean {
  return cause === tooLate || (cause instanceof Error && 'kind' in cause && cause.kind === 'late')
}

/** A provider's message may quote what somebody said, so it is not logged. */
function tellFailure({ logger }: TurnContext, { user }: AskedTurn, { cause }: ChatAnswer): void {
  const error = cause instanceof Error ? cause.name : typeof cause
  const statusCode = cause instanceof Error && 'statusCode' in cause ? cause.statusCode : undefined
  logger.warn({ error, statusCode, session: user.session?.id, project: user.projectId }, 'the brain failed')
}

/** Node's own timers; a waiting answer does not keep the process alive. */
const nodeTimers: Timers = {
  after: (delayMs, work) => {
    const timer = setTimeout(work, delayMs)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
