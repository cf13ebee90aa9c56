import type { Calling, Usage } from '@parlor/conversation/brain'
import type { Prompt } from './compose-prompt.ts'
import type { Word } from './stream-words.ts'

/** How often the cost of a growing answer is told, in characters. */
const tellEvery = 400

/** What one answer costs, as it grows. */
export interface CostMeter {
  soFar(): Usage
  hasAnswer(): boolean
  /** Whether the cost is worth telling again. */
  count(word: Word): boolean
}

/** Counts what an answer costs: as the endpoint says in the end, and until then four characters a token. */
export function meterCost(prompt: Prompt, calling: Calling | undefined): CostMeter {
  const inputTokens = estimate(charactersOf(prompt, calling))
  let counted: Usage | null = null
  let characters = 0
  let told = 0
  const estimated = () => ({ inputTokens, outputTokens: estimate(characters) })
  return {
    soFar: () => counted ?? estimated(),
    hasAnswer: () => characters > 0,
    count(word) {
      if (word.type === 'end') {
        const { inputTokens, outputTokens } = estimated()
        counted = {
          inputTokens: believable(word.inputTokens) ?? inputTokens,
          outputTokens: believable(word.outputTokens) ?? outputTokens,
        }
        return true
      }
      // What a call consists of was counted as it was written.
      if (word.type === 'call') return false
      characters += word.type === 'text' ? word.text.length : word.characters
      // A thought is told at once: it is all there is to show that the model is at work.
      if (word.type === 'text' && characters - told < tellEvery) return false
      told = characters
      return true
    },
  }
}

/** The offered tools cost, too: an endpoint writes them into the prompt. */
function charactersOf({ instructions, messages }: Prompt, calling: Calling | undefined): number {
  const calls = messages.flatMap(({ toolCalls = [] }) => toolCalls)
  const texts = [
    instructions,
    ...messages.map(({ content }) => content),
    ...calls.flatMap((call) => [call.name, call.arguments]),
    ...(calling === undefined || calling.tools.length === 0 ? [] : [JSON.stringify(calling.tools)]),
  ]
  return texts.reduce((sum, { length }) => sum + length, 0)
}

function estimate(characters: number): number {
  return Math.ceil(characters / 4)
}

/** Some endpoints count nothing and say 0, or say what no model can hold. */
function believable(tokens: number | undefined): number | undefined {
  return tokens !== undefined && Number.isSafeInteger(tokens) && tokens > 0 && tokens < 10_000_000 ? tokens : undefined
}
