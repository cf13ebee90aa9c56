import { type LiveState, streamingAnswer } from '@parlor/live-client'
import type { Expression } from './face/face.tsx'
import type { Messages } from './i18n/en.ts'

export type AgentStatus = 'connecting' | 'offline' | 'over' | LiveState['agentState']

/** What the agent is doing, as far as a visitor can tell. */
export function agentStatus(state: LiveState): AgentStatus {
  const { connection } = state
  const { phase } = connection
  if (phase === 'idle' || phase === 'connecting') return 'connecting'
  if (connection.phase === 'closed' && connection.reason !== 'replaced') return 'over'
  if (phase !== 'open') return 'offline'
  const answer = streamingAnswer(state.transcript)
  if (answer) return answer.text === '' ? 'thinking' : 'speaking'
  return state.agentState
}

export function expressionOf(status: AgentStatus, isTyping: boolean): Expression {
  if (status === 'offline' || status === 'over') return 'asleep'
  if (status === 'connecting') return 'idle'
  return status === 'idle' && isTyping ? 'listening' : status
}

export function statusText(status: AgentStatus, text: Messages): string {
  return text[status]
}
