import type { AnswerMode, Citation, TranscriptMessage } from '@parlor/protocol'
import type { ToolCall } from '../chat/chat.ts'

/** What a brain gets to answer from. Nothing in it but `instructions` is ever an instruction. */
export interface BrainContext {
  /** The owner's words: system prompt and personality. */
  instructions: string
  agentName: string
  greeting: string | null
  /** BCP 47, the visitor's. */
  locale: string | null
  /** The conversation so far, without the question. */
  history: readonly TranscriptMessage[]
  question: string
  /** Where the caller has tools of its own, or wishes about the answer. */
  calling?: Calling
  /** Null where there is none, or the session was made without it. */
  knowledgeBase: { id: string; name: string } | null
  model: string
}

/** A function the caller runs itself when a model asks for it. All of it is data the caller sent. */
export interface ClientTool {
  name: string
  description?: string
  /** JSON Schema of the arguments. */
  parameters: Readonly<Record<string, unknown>>
}

/** What a caller that keeps its own history sends beside the question (OpenAI's chat completions). */
export interface Calling {
  /** A brain that cannot call tools leaves them alone. */
  tools: readonly ClientTool[]
  toolChoice: 'auto' | 'none' | 'required' | { name: string }
  /** What came after the question: calls a model made for it, and what the caller's tools said. Oldest first. */
  steps: readonly CallingStep[]
  /** Notes of the caller, as its system messages. Data, not instructions. */
  notes: readonly string[]
  /** Tokens, at most; null for no wish. */
  maxOutputTokens: number | null
  temperature: number | null
  topP: number | null
  stop: readonly string[]
  /** What history may take up, in characters; the brain's own measure where it is absent. */
  historyBudget?: number
}

export type CallingStep =
  | { role: 'assistant'; text: string; toolCalls: readonly ToolCall[] }
  | { role: 'tool'; toolCallId: string; text: string }

/** What an answer cost, in tokens: as the model's endpoint counted them, or an estimate of four characters each. */
export interface Usage {
  inputTokens: number
  outputTokens: number
}

/**
 * What a brain says, piece by piece: any number of `text`, `citation` and `usage`, then one `done`. A `usage` is the cost of
 * the answer so far and replaces the one before it; it also tells that the brain is still at work.
 */
export type BrainPart =
  | { type: 'text'; text: string }
  | { type: 'citation'; citation: Citation }
  /** The model wants one of the caller's tools. Nothing here runs it. */
  | { type: 'tool_call'; call: ToolCall }
  | ({ type: 'usage' } & Usage)
  /** `isCut`: the model stopped because it may not say more. */
  | { type: 'done'; answerMode: AnswerMode; grounded: boolean; isCut?: true }

export type BrainMode = 'llm' | 'extractive' | 'scripted'

/** Answers one question. Stops, and lets go of all it holds, as soon as `signal` aborts. */
export interface Brain {
  readonly mode: BrainMode
  /** What answers for an agent with this model, where that depends on it; else `mode` does. */
  modeFor?(model: string): BrainMode
  reply(context: BrainContext, signal: AbortSignal): AsyncIterable<BrainPart>
}
