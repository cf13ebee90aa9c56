import { type Brain, type BrainContext, type BrainPart, citePassage, type Usage } from '@parlor/conversation/brain'
import type { FoundPassage, Retriever } from '@parlor/conversation/knowledge'
import { type Checked, checkMarks } from './check-marks.ts'
import { composePrompt, type Prompt } from './compose-prompt.ts'
import { defaultTimeouts, type ModelTimeouts } from './deadlines.ts'
import { findPassages } from './find-passages.ts'
import { ModelFault } from './model-fault.ts'
import { type Endpoint, type Model, openModel, streamWords, type Word } from './stream-words.ts'

export interface ModelBrainOptions {
  retriever: Retriever
  /** An endpoint that speaks OpenAI's chat completions, or the models themselves. */
  endpoint: Endpoint | { open(model: string): Model }
  timeouts?: Partial<ModelTimeouts>
}

/** How often the cost of a growing answer is told, in characters. */
const tellUsageEvery = 400

/**
 * A brain that asks a language model, with the passages found for the question. An answer's marks are checked: what it cites
 * exists. Nothing a model says chooses an address, a tool or a setting. Rejects with a ModelFault when no answer came.
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
        const words = streamWords(open(context.model), prompt, limits, signal)
        yield* answer(words, prompt, passages, context)
      } catch (error) {
        if (!signal.aborted) throw error
      }
    },
  }
}

async function* answer(
  words: AsyncIterable<Word>,
  prompt: Prompt,
  passages: readonly FoundPassage[],
  { knowledgeBase }: BrainContext,
): AsyncGenerator<BrainPart> {
  const marks = checkMarks(passages.length)
  const cost = meter(prompt)
  const shown = { text: false, citations: false }
  const show = function* (parts: readonly Checked[]): Generator<BrainPart> {
    for (const part of parts) {
      const passage = part.type === 'cited' ? passages[part.n - 1] : undefined
      if (part.type === 'text') yield part
      else if (passage !== undefined) yield { type: 'citation', citation: citePassage(passage, part.n) }
      shown.text ||= part.type === 'text' && part.text.trim() !== ''
      shown.citations ||= passage !== undefined
    }
  }
  // From here on the question costs something, also when it is interrupted.
  yield { type: 'usage', ...cost.soFar() }
  try {
    for await (const word of words) {
      if (word.type === 'text') yield* show(marks.take(word.text))
      if (word.type === 'end') yield* show(marks.end())
      if (cost.count(word)) yield { type: 'usage', ...cost.soFar() }
      if (word.type !== 'end') continue
      if (!shown.text) throw new ModelFault('silent')
      const grounded = knowledgeBase !== null && shown.citations
      yield { type: 'done', answerMode: 'model', grounded, ...(word.isCut && { isCut: true as const }) }
      return
    }
    throw new ModelFault('broken')
  } catch (error) {
    yield* show(marks.end())
    // An endpoint that never answered asked for nothing.
    if (!cost.hasAnswer()) yield { type: 'usage', inputTokens: 0, outputTokens: 0 }
    throw error
  }
}

/** Counts what an answer costs: as the endpoint says in the end, and until then four characters a token. */
function meter({ instructions, messages }: Prompt) {
  const sent = messages.reduce((sum, { content }) => sum + content.length, instructions.length)
  let characters = 0
  let told = 0
  let usage: Usage = { inputTokens: estimate(sent), outputTokens: 0 }
  return {
    soFar: () => usage,
    hasAnswer: () => characters > 0,
    /** Whether the cost is worth telling again. */
    count(word: Word): boolean {
      if (word.type !== 'end') characters += word.type === 'text' ? word.text.length : word.characters
      const outputTokens = estimate(characters)
      usage = { ...usage, outputTokens }
      if (word.type === 'end') {
        usage = {
          inputTokens: believable(word.inputTokens) ?? usage.inputTokens,
          outputTokens: believable(word.outputTokens) ?? outputTokens,
        }
        return true
      }
      // A thought is told at once: it is all there is to show that the model is at work.
      if (word.type === 'text' && characters - told < tellUsageEvery) return false
      told = characters
      return true
    },
  }
}

function estimate(characters: number): number {
  return Math.ceil(characters / 4)
}

/** Some endpoints count nothing and say 0, or say what no model can hold. */
function believable(tokens: number | undefined): number | undefined {
  return tokens !== undefined && Number.isSafeInteger(tokens) && tokens > 0 && tokens < 10_000_000 ? tokens : undefined
}
