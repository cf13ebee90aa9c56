import type { AnswerMode, Citation, TranscriptMessage } from '@parlor/protocol'

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
  /** Null where there is none, or the session was made without it. */
  knowledgeBase: { id: string; name: string } | null
  model: string
}

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
