import type { ToolCall } from '@parlor/conversation/chat'
import { gatherCalls } from './gather-calls.ts'
import { ModelFault } from './model-fault.ts'
import { type Chunk, readChunk, readContent } from './read-chunk.ts'
import { type Stretch, splitThoughts } from './split-thoughts.ts'

/** What an endpoint says, piece by piece; `end` comes last. */
export type Word =
  | { type: 'text'; text: string }
  /** Something was thought, or written for a call, that nobody is shown. */
  | { type: 'thought'; characters: number }
  /** A call as a whole. Only one that comes before an `end` is complete. */
  | { type: 'call'; call: ToolCall }
  /** `isCut`: it may not say more. The counts are what it claims, if it does. */
  | { type: 'end'; isCut: boolean; inputTokens: number | undefined; outputTokens: number | undefined }

export interface AnswerReader {
  /** Takes the data of the next event. @throws ModelFault `broken` for what is no chunk of an answer, `endless`. */
  take(event: string): readonly Word[]
  /** Nothing more comes. @throws ModelFault `broken` where it did not say why it is over, or a call is no whole one. */
  end(): readonly Word[]
}

/** Reads an answer in OpenAI's streamed shape. `heard` is called for whatever is said, thought or called in it. */
export function readAnswer(heard: () => void): AnswerReader {
  const thoughts = splitThoughts()
  const calls = gatherCalls()
  let isSpeaking = false
  let usage: Chunk['usage'] = null
  let finish: string | null = null

  function say(text: string): Word[] {
    if (text === '') return []
    isSpeaking = true
    heard()
    return thoughts.take(text).map(asWord)
  }

  /** What is thought beside the answer also ends what may have begun as a tag in it. */
  function think(text: string): Word[] {
    if (text === '') return []
    heard()
    const before = isSpeaking ? thoughts.end().map(asWord) : []
    isSpeaking = false
    return [...before, { type: 'thought', characters: text.length }]
  }

  function call(value: unknown): Word[] {
    const characters = calls.take(value)
    if (characters === 0) return []
    heard()
    return [{ type: 'thought', characters }]
  }

  return {
    take(event) {
      if (event === '[DONE]') return []
      const chunk = readChunk(event)
      usage = chunk.usage ?? usage
      finish = chunk.finish ?? finish
      const { delta } = chunk
      if (delta === null) return []
      const { said, thought } = readContent(delta.content)
      const aside = textOf(delta.reasoning_content) || textOf(delta.reasoning)
      return [...think(aside + thought), ...say(said + textOf(delta.refusal)), ...call(delta.tool_calls)]
    },
    end() {
      if (finish === null) throw new ModelFault('broken')
      const isCut = finish === 'length'
      const last: Word = { type: 'end', isCut, inputTokens: usage?.input, outputTokens: usage?.output }
      const called = calls.end().map((one): Word => ({ type: 'call', call: one }))
      return [...thoughts.end().map(asWord), ...called, last]
    },
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function asWord({ isThought, text }: Stretch): Word {
  return isThought ? { type: 'thought', characters: text.length } : { type: 'text', text }
}
