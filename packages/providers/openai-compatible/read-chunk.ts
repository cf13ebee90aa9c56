import { ModelFault } from './model-fault.ts'

/** One chunk of an answer, as far as anybody here reads it. */
export interface Chunk {
  delta: Delta | null
  /** Why the answer is over, in the chunk that says so. */
  finish: string | null
  /** What the endpoint counted, in the chunk that says so. */
  usage: { input: number | undefined; output: number | undefined } | null
}

/** What is new, each field as it came. */
export interface Delta {
  content?: unknown
  /** Two names for the same: endpoints do not agree. */
  reasoning_content?: unknown
  reasoning?: unknown
  refusal?: unknown
  tool_calls?: unknown
}

/** @throws ModelFault `broken` for an error the endpoint tells of, and for what is no chunk. */
export function readChunk(event: string): Chunk {
  const chunk = parse(event)
  if (!isRecord(chunk) || !Array.isArray(chunk.choices) || chunk.error != null) throw new ModelFault('broken')
  const [choice = null] = chunk.choices as unknown[]
  if (choice !== null && !isRecord(choice)) throw new ModelFault('broken')
  const { delta = null, finish_reason: finish } = choice ?? {}
  if (delta !== null && !isRecord(delta)) throw new ModelFault('broken')
  return { delta, finish: typeof finish === 'string' ? finish : null, usage: readUsage(chunk.usage) }
}

/** What is said and thought in a content: text, or parts of either kind. @throws ModelFault `broken` for anything else. */
export function readContent(content: unknown): { said: string; thought: string } {
  if (typeof content === 'string') return { said: content, thought: '' }
  if (content == null) return { said: '', thought: '' }
  if (!Array.isArray(content)) throw new ModelFault('broken')
  const parts = content.filter(isRecord)
  const thoughts = parts.flatMap(({ type, thinking }) =>
    type === 'thinking' && Array.isArray(thinking) ? thinking : [],
  )
  return { said: joinTexts(parts), thought: joinTexts(thoughts.filter(isRecord)) }
}

function joinTexts(parts: readonly Record<string, unknown>[]): string {
  return parts.map(({ type, text }) => (type === 'text' && typeof text === 'string' ? text : '')).join('')
}

function readUsage(usage: unknown): Chunk['usage'] {
  if (!isRecord(usage)) return null
  const count = (value: unknown) => (typeof value === 'number' ? value : undefined)
  return { input: count(usage.prompt_tokens), output: count(usage.completion_tokens) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ModelFault('broken')
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
