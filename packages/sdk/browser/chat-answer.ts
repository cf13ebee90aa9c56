import type { Citation, CreateChatCompletionAnswer } from '../types/index.ts'

/** A tool the model wants called; `arguments` is JSON, or what it takes for it. */
export interface ToolCall {
  id: string
  name: string
  arguments: string
}

/** What an answer has come to. */
export interface ChatAnswer {
  text: string
  citations: Citation[]
  toolCalls: ToolCall[]
  /** Null where it was not told: after an answer that was taken up again. */
  usage: CreateChatCompletionAnswer['usage'] | null
  finish: 'stop' | 'length' | 'tool_calls' | null
}

/** What happens while an answer comes. `done` is the last of a whole one. */
export type ChatEvent =
  | { type: 'text'; text: string }
  | { type: 'tool_call'; call: ToolCall }
  | { type: 'citations'; citations: Citation[] }
  | { type: 'usage'; usage: CreateChatCompletionAnswer['usage'] }
  /** The stream was cut and is being taken up again. */
  | { type: 'resumed' }
  | { type: 'done'; answer: ChatAnswer }

interface WireCall {
  id: string
  function: { name: string; arguments: string }
}

/** One chunk of `/chat/completions`. */
export interface Chunk {
  choices?: {
    delta?: { content?: string | null; tool_calls?: WireCall[] }
    finish_reason?: ChatAnswer['finish']
  }[]
  citations?: Citation[]
  usage?: ChatAnswer['usage']
  error?: { message: string; type?: string; code?: string }
}

/** One frame of `/chat/turnstream`. */
export interface TurnFrame {
  type: 'text' | 'message' | 'tool_output' | 'done'
  /** `7`, or `7.120` after so many characters of the answer that follows message 7. */
  cursor: string
  text?: string
  message?: { role: string; content: string; tool_calls?: string; citations?: Citation[] }
  finish_reason?: string | null
  error?: { message: string }
}

/** Takes a chunk in and says what is new. */
export function takeChunk(answer: ChatAnswer, { choices = [], citations, usage }: Chunk): ChatEvent[] {
  const [choice] = choices
  answer.finish = choice?.finish_reason ?? answer.finish
  const events = [
    ...takeText(answer, choice?.delta?.content ?? ''),
    ...takeCalls(answer, choice?.delta?.tool_calls),
    ...takeCitations(answer, citations),
  ]
  if (!usage) return events
  answer.usage = usage
  return [...events, { type: 'usage', usage }]
}

/** Takes a frame in and says what is new: what was told before is left out. */
export function takeFrame(answer: ChatAnswer, { text = '', cursor, message, finish_reason }: TurnFrame): ChatEvent[] {
  const begin = Number(cursor.split('.')[1] ?? 0) - text.length
  const events = text === '' ? [] : takeText(answer, text.slice(Math.max(0, answer.text.length - begin)))
  if (finish_reason === 'stop' || finish_reason === 'length' || finish_reason === 'tool_calls')
    answer.finish = finish_reason
  if (message?.role !== 'assistant') return events
  return [
    ...events,
    ...takeText(answer, message.content.slice(answer.text.length)),
    ...takeCalls(answer, message.tool_calls && answer.toolCalls.length === 0 ? JSON.parse(message.tool_calls) : []),
    ...takeCitations(answer, message.citations),
  ]
}

function takeText(answer: ChatAnswer, text: string): ChatEvent[] {
  answer.text += text
  return text === '' ? [] : [{ type: 'text', text }]
}

function takeCalls(answer: ChatAnswer, calls: WireCall[] = []): ChatEvent[] {
  return calls.map(({ id, function: { name, arguments: args } }) => {
    const call = { id, name, arguments: args }
    answer.toolCalls.push(call)
    return { type: 'tool_call', call }
  })
}

function takeCitations(answer: ChatAnswer, citations: Citation[] = []): ChatEvent[] {
  if (citations.length === 0) return []
  answer.citations = citations
  return [{ type: 'citations', citations }]
}
