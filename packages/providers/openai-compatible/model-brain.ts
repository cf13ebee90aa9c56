import { type Brain, type BrainContext, type BrainPart, type Calling, citePassage } from '@parlor/conversation/brain'
import type { FoundPassage, Retriever } from '@parlor/conversation/knowledge'
import { type Checked, checkMarks } from './check-marks.ts'
import { composePrompt } from './compose-prompt.ts'
import { defaultTimeouts, type ModelTimeouts } from './deadlines.ts'
import { findPassages } from './find-passages.ts'
import { type CostMeter, meterCost } from './meter-cost.ts'
import { ModelFault } from './model-fault.ts'
import { type Endpoint, type Model, openModel } from './open-model.ts'
import { streamWords, type Word } from './stream-words.ts'
import { writeRequest } from './write-request.ts'

export interface ModelBrainOptions {
  retriever: Retriever
  /** An endpoint that speaks OpenAI's chat completions, or the models themselves. */
  endpoint: Endpoint | { open(model: string): Model }
  timeouts?: Partial<ModelTimeouts>
}

/**
 * A brain that asks a language model, with the passages found for the question. An answer's marks are checked: what it cites
 * exists. Nothing a model says chooses an address, a tool or a setting: a caller's tool it wants called is only told, if it was
 * offered, once the answer is whole. Rejects with a ModelFault when no answer came.
 */
export function modelBrain({ retriever, endpoint, timeouts }: ModelBrainOptions): Brain {
  const limits = { ...defaultTimeouts, ...timeouts }
  const open = 'open' in endpoint ? endpoint.open : (name: string) => openModel(endpoint, name)
  return {
    mode: 'llm',
    async *reply(context, signal) {
      try {
        if (signal.aborted) return
        const passages = await findPassages(retriever, context, signal)
        const prompt = composePrompt(context, passages)
        const request = writeRequest(prompt, context.calling)
        const words = streamWords(open(context.model), request, limits, signal)
        yield* answer(words, meterCost(prompt, context.calling), passages, context)
      } catch (error) {
        if (!signal.aborted) throw error
      }
    },
  }
}

async function* answer(
  words: AsyncIterable<Word>,
  cost: CostMeter,
  passages: readonly FoundPassage[],
  { knowledgeBase, calling }: BrainContext,
): AsyncGenerator<BrainPart> {
  const marks = checkMarks(passages.length)
  const offered = offeredNames(calling)
  const calls: BrainPart[] = []
  const shown = { text: false, citations: false }
  const show = (part: Checked): BrainPart | null => {
    if (part.type === 'text') {
      shown.text ||= part.text.trim() !== ''
      return part
    }
    const passage = passages[part.n - 1]
    shown.citations ||= passage !== undefined
    return passage === undefined ? null : { type: 'citation', citation: citePassage(passage, part.n) }
  }
  const showAll = (parts: readonly Checked[]) => parts.map(show).filter((part) => part !== null)
  // From here on the question costs something, also when it is interrupted.
  yield { type: 'usage', ...cost.soFar() }
  try {
    for await (const word of words) {
      if (word.type === 'text') for (const part of showAll(marks.take(word.text))) yield part
      if (word.type === 'call' && offered.has(word.call.name)) calls.push({ type: 'tool_call', call: word.call })
      if (word.type === 'end') yield* [...showAll(marks.end()), ...calls]
      if (cost.count(word)) yield { type: 'usage', ...cost.soFar() }
      if (word.type !== 'end') continue
      if (!shown.text && calls.length === 0) throw new ModelFault('silent')
      const grounded = knowledgeBase !== null && shown.citations
      yield { type: 'done', answerMode: 'model', grounded, ...(word.isCut && { isCut: true as const }) }
      return
    }
    throw new ModelFault('broken')
  } catch (error) {
    yield* showAll(marks.end())
    // An endpoint that never answered asked for nothing.
    if (!cost.hasAnswer()) yield { type: 'usage', inputTokens: 0, outputTokens: 0 }
    throw error
  }
}

/** What the model may call. Some endpoints let it call what nobody offered, or what it was told to leave alone. */
function offeredNames(calling: Calling | undefined): ReadonlySet<string> {
  const tools = calling === undefined || calling.toolChoice === 'none' ? [] : calling.tools
  return new Set(tools.map(({ name }) => name))
}
