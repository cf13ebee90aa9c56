import type { Brain } from '@parlor/conversation/brain'
import type { Retriever } from '@parlor/conversation/knowledge'
import { composePrompt } from './compose-prompt.ts'
import { defaultTimeouts, type ModelTimeouts } from './deadlines.ts'
import { type Draft, draftAnswer } from './draft-answer.ts'
import { findPassages } from './find-passages.ts'
import { meterCost } from './meter-cost.ts'
import { ModelFault } from './model-fault.ts'
import { type Endpoint, openModels } from './open-model.ts'
import { streamWords } from './stream-words.ts'
import { writeRequest } from './write-request.ts'

export interface ModelBrainOptions {
  retriever: Retriever
  /** It speaks OpenAI's chat completions. */
  endpoint: Endpoint
  timeouts?: Partial<ModelTimeouts>
}

/**
 * A brain that asks a language model, with the passages found for the question. An answer's marks are checked: what it cites
 * exists. Nothing a model says chooses an address, a tool or a setting: a caller's tool it wants called is only told, if it
 * was offered, once the answer is whole. Rejects with a ModelFault when no answer came.
 */
export function modelBrain({ retriever, endpoint, timeouts }: ModelBrainOptions): Brain {
  const limits = { ...defaultTimeouts, ...timeouts }
  const open = openModels(endpoint)
  return {
    mode: 'llm',
    async *reply(context, signal) {
      if (signal.aborted) return
      let draft: Draft | null = null
      try {
        const passages = await findPassages(retriever, context, signal)
        const prompt = composePrompt(context, passages)
        const words = streamWords(open(context.model), writeRequest(prompt, context.calling), limits, signal)
        draft = draftAnswer(passages, context, meterCost(prompt, context.calling))
        // From here on the question costs something, also when it is interrupted.
        yield draft.cost()
        for await (const word of words) {
          for (const part of draft.take(word)) yield part
          if (word.type === 'end') return yield draft.finish(word.isCut)
        }
        throw new ModelFault('broken')
      } catch (error) {
        if (draft !== null) yield* draft.breakOff()
        if (!signal.aborted) throw error
      }
    },
  }
}
