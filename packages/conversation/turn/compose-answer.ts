import type { AnswerMode, Citation, Finish } from '@parlor/protocol'
import {
  type Brain,
  type BrainContext,
  type BrainMode,
  type BrainPart,
  type Usage,
  untilAborted,
} from '../brain/index.ts'
import type { Timers } from './turn.ts'

export interface Answer {
  text: string
  citations: Citation[]
  answerMode: AnswerMode
  grounded: boolean
  finish: Finish
  /** What the answer cost as far as it came, where the brain tells. */
  usage?: Usage
  /** What went wrong, where `finish` is `failed`. Never shown. */
  cause?: unknown
}

export interface Composing {
  brain: Brain
  /** What the brain answers from; made as late as possible, and allowed to fail. */
  brief: () => Promise<BrainContext>
  /** Aborting it interrupts the answer; it is also aborted when the brain falls silent. */
  controller: AbortController
  timers: Timers
  /** How long the brain may say nothing, in milliseconds. */
  silenceMs: number
  hear(piece: string): void
  heard(): string
}

/** The longest answer, in characters; more is cut off. */
export const longestAnswer = 32_768

/** What the visitor reads when no answer could be made. */
export const failureSentence = 'Sorry, I could not answer that: something went wrong on our side. Please ask again.'

const silent = new Error('the brain said nothing for too long')

/** Lets the brain answer, piece by piece. Never throws: what goes wrong is an answer that says so. */
export async function composeAnswer(composing: Composing): Promise<Answer> {
  const { controller } = composing
  const draft = newDraft(composing.brain.mode)
  try {
    await listen(composing, draft)
  } catch (cause) {
    draft.cause = cause
  }
  const { reason } = controller.signal
  if (controller.signal.aborted && reason !== silent) return interrupted(draft, composing.heard())
  controller.abort(reason)
  if (draft.cause === undefined && draft.text.trim() === '') draft.cause = new Error('the brain said nothing')
  return draft.cause === undefined ? draft : failed(draft, composing)
}

function newDraft(mode: BrainMode): Answer {
  return { text: '', citations: [], answerMode: answerModeOf(mode), grounded: false, finish: 'complete' }
}

/** How an answer is called that ends before the brain says how it was made. */
function answerModeOf(mode: BrainMode): AnswerMode {
  return mode === 'llm' ? 'model' : 'quotation'
}

async function listen(composing: Composing, draft: Answer): Promise<void> {
  const { controller, timers, silenceMs } = composing
  const beforeAbort = untilAborted(controller.signal)
  const within = async <T>(step: Promise<T>): Promise<T> => {
    const callOff = timers.after(silenceMs, () => controller.abort(silent))
    try {
      return await beforeAbort(step)
    } finally {
      callOff()
    }
  }
  const context = await within(composing.brief())
  draft.answerMode = answerModeOf(composing.brain.modeFor?.(context.model) ?? composing.brain.mode)
  const parts = composing.brain.reply(context, controller.signal)[Symbol.asyncIterator]()
  try {
    for (let step = await within(parts.next()); !step.done; step = await within(parts.next())) {
      if (takePart(step.value, draft, composing) === 'enough') return
    }
  } finally {
    // Not awaited: a brain that hangs would hang here, too.
    parts.return?.().catch(() => {})
  }
}

function takePart(part: BrainPart, draft: Answer, composing: Composing): 'more' | 'enough' {
  if (part.type === 'citation') draft.citations.push(part.citation)
  if (part.type === 'usage') draft.usage = { inputTokens: part.inputTokens, outputTokens: part.outputTokens }
  if (part.type === 'done') {
    if (part.isCut) draft.finish = 'limit'
    draft.answerMode = part.answerMode
    draft.grounded = part.grounded
    return 'enough'
  }
  if (part.type !== 'text') return 'more'
  const piece = part.text.slice(0, longestAnswer - draft.text.length)
  draft.text += piece
  if (piece !== '') composing.hear(piece)
  if (piece.length === part.text.length) return 'more'
  draft.finish = 'limit'
  return 'enough'
}

function interrupted({ usage, answerMode, ...draft }: Answer, heard: string): Answer {
  const citations = heard === '' ? [] : draft.citations
  return { text: heard, citations, answerMode, grounded: false, finish: 'interrupted', ...(usage && { usage }) }
}

function failed(draft: Answer, composing: Composing): Answer {
  const rest = draft.text === '' ? failureSentence : `\n\n${failureSentence}`
  composing.hear(rest)
  const answerMode = draft.text === '' ? 'notice' : draft.answerMode
  return { ...draft, text: draft.text + rest, answerMode, grounded: false, finish: 'failed' }
}
