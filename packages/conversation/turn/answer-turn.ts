import type { Clock } from '@parlor/core/time'
import type { MessageEnd, TranscriptMessage } from '@parlor/protocol'
import type { Brain, BrainContext } from '../brain/index.ts'
import type { Append, TranscriptStore } from '../transcript/index.ts'
import { answerId } from './answer-id.ts'
import { type Answer, composeAnswer } from './compose-answer.ts'
import type { Stage, Timers, Turn, VisitorPlace } from './turn.ts'

export interface AnswerPorts {
  transcripts: TranscriptStore
  brain: Brain
  clock: Clock
  timers: Timers
  /** How long the brain may say nothing, in milliseconds. */
  silenceMs: number
}

/** Abort a reply with this reason to leave its question unanswered: whoever meets the visitor next answers it. */
export const leaveUnanswered = Symbol('leave unanswered')

/**
 * Answers a stored question: streams the answer to the stage, stores it, then tells that it is stored. A response is answered
 * once: where another node was first, its answer stands and is told. What this one cost is counted all the same.
 * Resolves to what was stored, or null when the reply was left for later or came second.
 * @throws whatever the store throws; the question then stays unanswered.
 */
export async function answerTurn(
  ports: AnswerPorts,
  place: VisitorPlace,
  turn: Turn,
  stage: Stage,
  reply: { controller: AbortController; brief: () => Promise<BrainContext> },
): Promise<Answer | null> {
  const { brain, timers, silenceMs } = ports
  const answer = await composeAnswer({
    ...reply,
    brain,
    timers,
    silenceMs,
    hear: (piece) => stage.hear(piece),
    heard: () => stage.heard(),
  })
  const isLeft = reply.controller.signal.reason === leaveUnanswered
  if (isLeft && tokensOf(answer) === 0) return null
  let isStored = false
  await stage.exclusively(async () => {
    const now = ports.clock.now()
    const appended = await ports.transcripts.append(place.sessionId, place.visitorId, now, (_, has) => {
      isStored = !isLeft && !has(answerId(turn.response))
      return isStored ? describeEnding(turn, answer, new Date(now).toISOString()) : describeCost(answer)
    })
    if (!isLeft) await stage.tell(isStored ? (appended?.events ?? []) : null)
  })
  if (!isStored) return null
  if (answer.finish === 'failed') stage.failed(turn, answer.cause)
  return answer
}

function tokensOf({ usage }: Answer): number {
  return usage === undefined ? 0 : usage.inputTokens + usage.outputTokens
}

function describeCost(answer: Answer): Append | null {
  const tokens = tokensOf(answer)
  return tokens === 0 ? null : { events: [], tokens }
}

/** An interrupted answer is stored as the visitor got it, so that nobody builds on words that were never read. */
function describeEnding(turn: Turn, answer: Answer, at: string): Append {
  const { response } = turn
  const id = answerId(response)
  const { text, citations, grounded, finish, answerMode: answer_mode } = answer
  const end: Omit<MessageEnd, 'seq'> = {
    type: 'message.end',
    response,
    id,
    text,
    citations,
    answer_mode,
    grounded,
    finish,
    at,
  }
  const message: TranscriptMessage = { id, role: 'agent', text, at, response, citations, answer_mode, finish }
  const truncated = { type: 'message.truncated', response, heard_text: text }
  const tokens = tokensOf(answer)
  const events = finish === 'interrupted' ? [truncated, { ...end }] : [{ ...end }]
  return { events, messages: [message], ...(tokens > 0 && { tokens }) }
}
