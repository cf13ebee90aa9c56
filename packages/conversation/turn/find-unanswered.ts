import type { TranscriptMessage } from '@parlor/protocol'
import type { Tail } from '../transcript/index.ts'
import type { Turn } from './turn.ts'

/**
 * The question that still waits for its answer, because a process ended in between or another node left it. Messages come
 * oldest first, and were read together with the tail.
 */
export function findUnanswered(messages: readonly TranscriptMessage[], tail: Tail): Turn | null {
  const last = messages.findLast(({ role }) => role === 'visitor')
  if (last === undefined || messages.some(({ response }) => response === tail.lastResponse)) return null
  return { response: tail.lastResponse, question: { id: last.id, text: last.text } }
}
