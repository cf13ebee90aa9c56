import type { Usage } from '@parlor/conversation/brain'
import type { ChatAnswer, ToolCall } from '@parlor/conversation/chat'
import type { Citation } from '@parlor/protocol'
import type { RunningTurn } from './running-turn.ts'
import type { CompletionAnswer } from './schemas.ts'

/** A whole answer in OpenAI's shape, with our citations in two places: clients keep one or the other. */
export function renderCompletion(turn: RunningTurn, answer: ChatAnswer): CompletionAnswer {
  const citations = answer.citations.map(renderCitation)
  const toolCalls = answer.toolCalls.map(renderToolCall)
  const content = answer.text === '' && toolCalls.length > 0 ? null : answer.text
  const message = {
    role: 'assistant' as const,
    content,
    refusal: null,
    ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
    citations,
  }
  return {
    ...head(turn, 'chat.completion'),
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishOf(answer) }],
    usage: renderUsage(answer.usage),
    citations,
  }
}

/** The chunks of a streamed answer, each as the frame it is sent in. */
export interface ChunkWriter {
  /** The first one: it says who speaks. */
  begin(): string
  text(text: string): string
  call(index: number, call: ToolCall): string
  /** Why it is over, with the citations; then what it cost, where that is wished; then the end. */
  end(answer: ChatAnswer, wantsUsage: boolean): string
}

export function chunkWriter(turn: RunningTurn): ChunkWriter {
  const shared = JSON.stringify(head(turn, 'chat.completion.chunk')).slice(0, -1)
  const frame = (rest: object) => `data: ${shared},${JSON.stringify(rest).slice(1)}\n\n`
  const delta = (fields: object) => frame({ choices: [{ index: 0, delta: fields, finish_reason: null }] })
  return {
    begin: () => delta({ role: 'assistant', content: '' }),
    // The most frequent one by far is put together by hand.
    text: (text) =>
      `data: ${shared},"choices":[{"index":0,"delta":{"content":${JSON.stringify(text)}},"finish_reason":null}]}\n\n`,
    call: (index, call) => delta({ tool_calls: [{ index, ...renderToolCall(call) }] }),
    end(answer, wantsUsage) {
      const citations = answer.citations.map(renderCitation)
      const choice = { index: 0, delta: { citations }, finish_reason: finishOf(answer) }
      const last = frame({ choices: [choice], citations })
      const usage = wantsUsage ? frame({ choices: [], usage: renderUsage(answer.usage) }) : ''
      return `${last}${usage}data: [DONE]\n\n`
    },
  }
}

/** Only an answer that came to its end is told as one. */
function finishOf({ finish }: ChatAnswer): 'stop' | 'length' | 'tool_calls' {
  return finish === 'length' || finish === 'tool_calls' ? finish : 'stop'
}

function head<Kind extends string>({ messageId, startedAt, model }: RunningTurn, object: Kind) {
  return { id: `chatcmpl-${messageId}`, object, created: Math.floor(startedAt / 1000), model }
}

export function renderToolCall({ id, name, arguments: args }: ToolCall) {
  return { id, type: 'function', function: { name, arguments: args } }
}

export function renderCitation({ n, title, heading, source, url, passage }: Citation) {
  return { n, title, heading, source, ...(url !== undefined && { url }), ...(passage !== undefined && { passage }) }
}

function renderUsage({ inputTokens, outputTokens }: Usage) {
  return { prompt_tokens: inputTokens, completion_tokens: outputTokens, total_tokens: inputTokens + outputTokens }
}
