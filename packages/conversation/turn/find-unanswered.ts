import type { TranscriptMessage } from '@parlor/protocol'
import type { Tail } from '../transcript/index.ts'
import type { Turn } from './turn.ts'

/** The question that still waits for its answer, because a process ended in between. Messages come oldest first. */
export function findUnanswered(messages: readonly TranscriptMessage[], tail: Tail): Turn | null {
  const last = messages.at(-1)
  if (last?.role !== 'visitor') return null
  return { response: tail.lastResponse, question: { id: last.id, text: last.text } }
}
