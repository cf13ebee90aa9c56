import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { extractReasoningMiddleware, streamText, wrapLanguageModel } from 'ai'
import { carefulFetch, type Fetch } from './careful-fetch.ts'
import type { Prompt } from './compose-prompt.ts'
import { type ModelTimeouts, startDeadlines } from './deadlines.ts'
import { ModelFault } from './model-fault.ts'

/** Where models answer. Operators choose it; nothing a visitor, a document or a model says does. */
export interface Endpoint {
  /** Without a trailing slash; `/chat/completions` comes behind it. */
  baseUrl: string
  apiKey: string | null
  fetch?: Fetch
}

/** What an endpoint says, piece by piece; `end` comes last. */
export type Word =
  | { type: 'text'; text: string }
  /** Something was thought that nobody is shown. */
  | { type: 'thought'; characters: number }
  /** `isCut`: it may not say more. The counts are what it claims, if it does. */
  | { type: 'end'; isCut: boolean; inputTokens: number | undefined; outputTokens: number | undefined }

/** A model as the AI SDK knows it. */
export type Model = Parameters<typeof wrapLanguageModel>[0]['model']

/** The model of this name at the endpoint. */
export function openModel({ baseUrl, apiKey, fetch }: Endpoint, name: string): Model {
  const provider = createOpenAICompatible({
    name: 'endpoint',
    baseURL: baseUrl,
    ...(apiKey !== null && { apiKey }),
    includeUsage: true,
    fetch: carefulFetch(fetch),
  })
  return provider(name)
}

/**
 * Streams an answer. However it ends, the request to the endpoint is closed by then. No length is asked for, since
 * endpoints disagree on the name of that setting: whoever listens stops when it is enough.
 * @throws ModelFault when no whole answer comes; what was said before it stands.
 */
export async function* streamWords(
  model: Model,
  { instructions, messages }: Prompt,
  timeouts: ModelTimeouts,
  signal: AbortSignal,
): AsyncGenerator<Word> {
  const deadlines = startDeadlines(timeouts, signal)
  try {
    const { stream } = streamText({
      // Tells what the model thinks from what it says.
      model: wrapLanguageModel({ model, middleware: extractReasoningMiddleware({ tagName: 'think' }) }),
      instructions,
      messages,
      maxRetries: 0,
      abortSignal: deadlines.signal,
      // Else the SDK prints the fault, with all the endpoint said.
      onError: () => {},
    })
    for await (const part of untilAborted(stream, deadlines.signal)) {
      if (part.type === 'error') throw part.error
      if (part.type === 'text-delta' || part.type === 'reasoning-delta') deadlines.heard()
      const word = readPart(part)
      if (word !== null) yield word
    }
  } catch (error) {
    deadlines.signal.throwIfAborted()
    throw asFault(error)
  } finally {
    deadlines.stop()
  }
}

type Part = ReturnType<typeof streamText>['stream'] extends AsyncIterable<infer P> ? P : never

function readPart(part: Part): Word | null {
  if (part.type === 'text-delta') return { type: 'text', text: part.text }
  if (part.type === 'reasoning-delta') return { type: 'thought', characters: part.text.length }
  if (part.type !== 'finish') return null
  const { inputTokens, outputTokens } = part.totalUsage
  return { type: 'end', isCut: part.finishReason === 'length', inputTokens, outputTokens }
}

/** Throws the signal's reason as soon as it aborts, whatever the stream does. */
async function* untilAborted<T>(stream: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  aborted.catch(() => {})
  const parts = stream[Symbol.asyncIterator]()
  try {
    for (let step = await Promise.race([parts.next(), aborted]); !step.done; ) {
      yield step.value
      step = await Promise.race([parts.next(), aborted])
    }
    signal.throwIfAborted()
  } finally {
    // Not awaited: what hangs would hang here, too.
    parts.return?.().catch(() => {})
  }
}

/** Ours may be wrapped by the SDK's; anything else is the endpoint not speaking as it should. */
function asFault(error: unknown): ModelFault {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ModelFault) return cause
  }
  return new ModelFault('broken')
}
