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

/** What a brain says, piece by piece: any number of `text` and `citation`, then one `done`. */
export type BrainPart =
  | { type: 'text'; text: string }
  | { type: 'citation'; citation: Citation }
  | { type: 'done'; answerMode: AnswerMode; grounded: boolean }

/** Answers one question. Stops, and lets go of all it holds, as soon as `signal` aborts. */
export interface Brain {
  readonly mode: 'llm' | 'extractive' | 'scripted'
  reply(context: BrainContext, signal: AbortSignal): AsyncIterable<BrainPart>
}
