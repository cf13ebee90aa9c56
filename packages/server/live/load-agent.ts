import type { BrainContext } from '@parlor/conversation/brain'
import type { Turn } from '@parlor/conversation/turn'
import type { Agent, Avatar } from '@parlor/core/agent'
import type { Session } from '@parlor/core/session'
import type { LivePorts } from './live-ports.ts'
import type { VisitorChannel } from './live-state.ts'

/** Messages of the conversation a brain gets to see. */
const longestHistory = 40

export interface AgentWithLook {
  agent: Agent
  avatar: Avatar | null
  /** What its brain answers with: a model's name, or `extractive`. */
  model: string
}

/** The session's agent. Archived ones still answer in sessions that were made before. */
export async function loadAgent(ports: LivePorts, session: Session): Promise<AgentWithLook> {
  const agent = await requireAgent(ports, session)
  const [avatar, brain] = await Promise.all([
    ports.agents.avatars.find(agent.avatarId),
    ports.agents.brains.find(agent.brainId),
  ])
  return { agent, avatar, model: brain?.model ?? '' }
}

export async function requireAgent(ports: LivePorts, session: Session): Promise<Agent> {
  const agent = await ports.agents.agents.find(session.agentId)
  if (agent === null) throw new Error('the session has no agent')
  return agent
}

/** What the brain answers one question from. Only the owner's words are instructions. */
export async function briefBrain(channel: VisitorChannel, turn: Turn): Promise<BrainContext> {
  const { ports } = channel.context
  const session = channel.live.session
  if (session === null) throw new Error('nobody was admitted to the session')
  const [agent, messages] = await Promise.all([
    requireAgent(ports, session),
    ports.transcripts.listMessages(channel.place.visitorId),
  ])
  const brain = await ports.agents.brains.find(agent.brainId)
  if (brain === null) throw new Error('the agent has no brain')
  const mayRead = session.settings.features.knowledgeBase && brain.knowledgeBaseId !== null
  const base = mayRead ? await ports.knowledge.findBase(brain.knowledgeBaseId ?? '') : null
  const { personality, greeting } = agent.settings
  return {
    instructions: [brain.instructions, personality].filter((words) => words).join('\n\n'),
    agentName: agent.name,
    greeting,
    locale: channel.locale,
    history: messages.filter(({ id, text }) => id !== turn.question.id && text !== '').slice(-longestHistory),
    question: turn.question.text,
    knowledgeBase: base === null ? null : { id: base.id, name: base.name },
    model: brain.model,
  }
}
