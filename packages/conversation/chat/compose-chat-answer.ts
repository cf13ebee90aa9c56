import type { Citation } from '@parlor/protocol'
import { type Brain, type BrainContext, type BrainPart, type Usage, untilAborted } from '../brain/index.ts'
import type { Timers } from '../turn/index.ts'
import type { ChatFinish, ToolCall } from './chat.ts'

/** What a brain answered, as far as it came. */
export interface ChatAnswer {
  text: string
  toolCalls: ToolCall[]
  citations: Citation[]
  finish: ChatFinish
  /** Zeros where no model was asked. */
  usage: Usage
  /** What went wrong, where `finish` is `failed`. Never shown. */
  cause?: unknown
}

export interface ComposingChat {
  brain: Brain
  brief: () => Promise<BrainContext>
  /** Aborting it stops the answer; it is also aborted when the brain falls silent, and when the answer is over. */
  controller: AbortController
  timers: Timers
  /** A brain that says nothing for this long, in milliseconds, is given up, and no later than after twice as long. */
  silenceMs: number
  /** Called with each word and each call, as it comes. */
  hear(piece: Extract<BrainPart, { type: 'text' | 'tool_call' }>): void
}

/** The longest answer, in characters; more is cut off, with the finish `length`. */
export const longestChatAnswer = 262_144

/** The brain said nothing for too long. */
export const tooLate = new Error('the brain said nothing for too long')

/** Lets the brain answer, piece by piece. Never throws: what goes wrong is an answer that says so. */
export async function composeChatAnswer(composing: ComposingChat): Promise<ChatAnswer> {
  const { signal } = composing.controller
  const answer: ChatAnswer = {
    text: '',
    toolCalls: [],
    citations: [],
    finish: 'failed',
    usage: { inputTokens: 0, outputTokens: 0 },
  }
  const pieces: string[] = []
  try {
    await listen(composing, answer, pieces)
  } catch (cause) {
    answer.cause = cause
  }
  answer.text = pieces.join('')
  if (signal.aborted && signal.reason !== tooLate) return { ...answer, finish: 'stopped', cause: undefined }
  composing.controller.abort(signal.reason)
  return answer.cause === undefined ? finished(answer) : { ...answer, finish: 'failed' }
}

function finished(answer: ChatAnswer): ChatAnswer {
  if (answer.finish !== 'failed' && answer.text === '' && answer.toolCalls.length === 0) {
    return { ...answer, finish: 'failed', cause: new Error('the brain said nothing') }
  }
  return answer.finish === 'failed' ? { ...answer, cause: new Error('the brain broke off') } : answer
}

async function listen(composing: ComposingChat, answer: ChatAnswer, pieces: string[]): Promise<void> {
  const { controller, brain, hear } = composing
  const beforeAbort = untilAborted(controller.signal)
  const watch = watchSilence(composing)
  try {
    const context = await beforeAbort(composing.brief())
    const parts = brain.reply(context, controller.signal)[Symbol.asyncIterator]()
    let length = 0
    try {
      for (;;) {
        const { value: part, done } = await beforeAbort(parts.next())
        if (done) return
        watch.heard()
        if (part.type === 'text') {
          const text = part.text.slice(0, longestChatAnswer - length)
          length += text.length
          pieces.push(text)
          if (text !== '') hear({ type: 'text', text })
          if (text.length < part.text.length) {
            answer.finish = 'length'
            return
          }
        } else if (takePart(part, answer, hear) === 'enough') return
      }
    } finally {
      // Not awaited: a brain that hangs would hang here, too.
      parts.return?.().catch(() => {})
    }
  } finally {
    watch.stop()
  }
}

function takePart(
  part: Exclude<BrainPart, { type: 'text' }>,
  answer: ChatAnswer,
  hear: ComposingChat['hear'],
): 'more' | 'enough' {
  if (part.type === 'citation') answer.citations.push(part.citation)
  if (part.type === 'usage') answer.usage = { inputTokens: part.inputTokens, outputTokens: part.outputTokens }
  if (part.type === 'tool_call') {
    answer.toolCalls.push(part.call)
    hear(part)
  }
  if (part.type !== 'done') return 'more'
  if (part.isCut) answer.finish = 'length'
  else answer.finish = answer.toolCalls.length > 0 ? 'tool_calls' : 'stop'
  return 'enough'
}

/** One timer that looks whether anything was said since it last did: cheaper than one for every word. */
function watchSilence({ timers, silenceMs, controller }: ComposingChat) {
  let hasHeard = false
  const look = () => {
    if (!hasHeard) return controller.abort(tooLate)
    hasHeard = false
    callOff = timers.after(silenceMs, look)
  }
  let callOff = timers.after(silenceMs, look)
  return {
    heard: () => {
      hasHeard = true
    },
    stop: () => callOff(),
  }
}
