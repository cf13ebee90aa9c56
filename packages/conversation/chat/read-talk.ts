import { type ParlorError, refuseField } from '@parlor/core/errors'
import type { TranscriptMessage } from '@parlor/protocol'
import type { CallingStep } from '../brain/index.ts'
import type { ToolCall } from './chat.ts'

/** A message as a caller sends it along with its history. */
export interface SentMessage {
  role: 'system' | 'user' | 'assistant' | 'tool'
  text: string
  /** Of an assistant's message. */
  toolCalls?: readonly ToolCall[]
  /** Of a tool's message: the call it answers. */
  toolCallId?: string
}

/** What a caller sent, arranged for a brain. */
export interface Talk {
  /** The user's last message. */
  question: string
  /** What was said before it, in words. */
  history: TranscriptMessage[]
  /** What came after it. */
  steps: CallingStep[]
  /** The caller's own words to the model, and what its tools said to earlier questions: data, never instructions. */
  notes: string[]
  /** Everything that was said, without the notes. */
  said: SentMessage[]
}

/** A caller does not say when something was said. */
const unknownTime = '1970-01-01T00:00:00.000Z'

/**
 * Finds the question, what came before and after it, and the notes.
 * @throws ParlorError `validation_failed` where nothing is asked, or tools' answers do not fit the calls.
 */
export function readTalk(messages: readonly SentMessage[]): Talk {
  const asked = messages.findLastIndex(({ role }) => role === 'user')
  const question = messages[asked]?.text ?? ''
  if (asked === -1) throw refuse([], 'missing', 'there is no message of the user’s to answer')
  if (question.trim() === '') throw refuse([asked], 'empty', 'the user’s last message has no text')
  const [before, after] = [messages.slice(0, asked), messages.slice(asked + 1)]
  checkSteps(after, asked + 1)
  const steps = after.flatMap((message) => toStep(message) ?? [])
  return {
    question,
    history: before.flatMap((message, index) => toHistory(message, index) ?? []),
    steps,
    notes: [
      ...messages.filter(({ role, text }) => role === 'system' && text.trim() !== '').map(({ text }) => text),
      ...earlierResults(before),
    ],
    said: messages.filter(({ role }) => role !== 'system'),
  }
}

function toHistory({ role, text }: SentMessage, index: number): TranscriptMessage | null {
  if ((role !== 'user' && role !== 'assistant') || text === '') return null
  return { id: String(index), role: role === 'user' ? 'visitor' : 'agent', text, at: unknownTime }
}

/** No words of anybody's, so no history: but what is asked next may be about it. */
function earlierResults(before: readonly SentMessage[]): string[] {
  const calls = new Map(before.flatMap(({ toolCalls = [] }) => toolCalls.map((call) => [call.id, call])))
  return before.flatMap(({ role, text, toolCallId = '' }) => {
    if (role !== 'tool' || text.trim() === '') return []
    const call = calls.get(toolCallId)
    const asked = call === undefined ? 'A function' : `The function ${call.name}(${call.arguments})`
    return `${asked} answered earlier in this talk: ${text}`
  })
}

function toStep({ role, text, toolCalls = [], toolCallId = '' }: SentMessage): CallingStep | null {
  if (role === 'assistant') return { role, text, toolCalls }
  return role === 'tool' ? { role, toolCallId, text } : null
}

/** Models' endpoints refuse a call without its answer and an answer without its call, and do not say it well. */
function checkSteps(steps: readonly SentMessage[], offset: number): void {
  const open = new Set<string>()
  for (const [index, { role, toolCalls = [], toolCallId = '' }] of steps.entries()) {
    if (role === 'assistant') {
      if (toolCalls.length === 0)
        throw refuse([offset + index], 'answered', 'the question is answered already: ask one')
      refuseOpen(open, offset + index)
      for (const { id } of toolCalls) open.add(id)
    } else if (role === 'tool' && !open.delete(toolCallId)) {
      throw refuse(
        [offset + index],
        'unknown_call',
        `no call ${JSON.stringify(toolCallId)} of the assistant’s waits for it`,
      )
    }
  }
  refuseOpen(open, offset + steps.length - 1)
}

function refuseOpen(open: ReadonlySet<string>, at: number): void {
  const [missing] = open
  if (missing === undefined) return
  throw refuse([at], 'unanswered_call', `the call ${JSON.stringify(missing)} has no answer of a tool’s`)
}

function refuse(path: number[], type: string, message: string): ParlorError {
  return refuseField(['messages', ...path], type, message)
}
