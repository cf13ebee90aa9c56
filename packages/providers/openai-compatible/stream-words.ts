import type { ToolCall } from '@parlor/conversation/chat'
import { type ModelTimeouts, startDeadlines } from './deadlines.ts'
import { ModelFault } from './model-fault.ts'
import type { Model, ModelPart, ModelRequest } from './open-model.ts'
import { type Stretch, splitThoughts } from './split-thoughts.ts'

/** What an endpoint says, piece by piece; `end` comes last. */
export type Word =
  | { type: 'text'; text: string }
  /** Something was thought, or written for a call, that nobody is shown. */
  | { type: 'thought'; characters: number }
  /** A call as a whole. Only one that comes before an `end` is complete. */
  | { type: 'call'; call: ToolCall }
  /** `isCut`: it may not say more. The counts are what it claims, if it does. */
  | { type: 'end'; isCut: boolean; inputTokens: number | undefined; outputTokens: number | undefined }

/** In characters, of all the calls in one answer together. */
const longestCalls = 262_144
const mostCalls = 128

/**
 * Streams an answer, straight from the model: the SDK's `streamText` would do nothing more for one step without tools of
 * ours, and costs more than all the rest (see `testing/measure-cost.ts`). However it ends, the request to the endpoint is
 * closed by then.
 * @throws ModelFault when no whole answer comes; what was said before it stands.
 */
export async function* streamWords(
  model: Model,
  request: ModelRequest,
  timeouts: ModelTimeouts,
  signal: AbortSignal,
): AsyncGenerator<Word> {
  const deadlines = startDeadlines(timeouts, signal)
  const read = readParts()
  try {
    const reader = await openReader(model, request, deadlines.signal)
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      if (step.value.type.endsWith('-delta')) deadlines.heard()
      for (const word of read(step.value)) yield word
    }
    deadlines.signal.throwIfAborted()
  } catch (error) {
    deadlines.signal.throwIfAborted()
    throw asFault(error)
  } finally {
    deadlines.stop()
  }
}

/**
 * Reads what the model sends until `signal` aborts. Cancelling ends a read that waits, whatever hangs behind it: a race
 * for every read would keep something of each until the last one is over.
 */
function openReader(
  model: Model,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<ReadableStreamDefaultReader<ModelPart>> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    model.doStream({ ...request, abortSignal: signal }).then(({ stream }) => {
      const reader = stream.getReader()
      const letGo = () => void reader.cancel(signal.reason).catch(() => {})
      if (signal.aborted) letGo()
      else signal.addEventListener('abort', letGo, { once: true })
      resolve(reader)
    }, reject)
  })
}

function readParts(): (part: ModelPart) => readonly Word[] {
  const thoughts = splitThoughts()
  let written = 0
  let calls = 0
  const countCall = (characters: number) => {
    written += characters
    if (written > longestCalls || calls > mostCalls) throw new ModelFault('endless')
  }
  return (part) => {
    switch (part.type) {
      case 'text-delta':
        return thoughts.take(part.delta).map(asWord)
      case 'text-end':
        return thoughts.end().map(asWord)
      case 'reasoning-delta':
        return [{ type: 'thought', characters: part.delta.length }]
      case 'tool-input-start':
        calls += 1
        countCall(part.id.length + part.toolName.length)
        return [{ type: 'thought', characters: part.toolName.length }]
      case 'tool-input-delta':
        countCall(part.delta.length)
        return [{ type: 'thought', characters: part.delta.length }]
      case 'tool-call':
        return [{ type: 'call', call: { id: part.toolCallId, name: part.toolName, arguments: part.input } }]
      case 'finish':
        return [...thoughts.end().map(asWord), readEnd(part)]
      case 'error':
        throw part.error
      default:
        return []
    }
  }
}

function asWord({ isThought, text }: Stretch): Word {
  return isThought ? { type: 'thought', characters: text.length } : { type: 'text', text }
}

function readEnd({ finishReason, usage }: Extract<ModelPart, { type: 'finish' }>): Word {
  const { inputTokens, outputTokens } = usage
  const isCut = finishReason.unified === 'length'
  return { type: 'end', isCut, inputTokens: inputTokens.total, outputTokens: outputTokens.total }
}

/** Ours may be wrapped by the SDK's; anything else is the endpoint not speaking as it should. */
function asFault(error: unknown): ModelFault {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ModelFault) return cause
  }
  return new ModelFault('broken')
}
