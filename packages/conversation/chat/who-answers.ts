import type { Project } from '@parlor/core/account'
import type { Agent, AgentStore } from '@parlor/core/agent'
import type { Session } from '@parlor/core/session'
import type { BrainContext } from '../brain/index.ts'
import type { KnowledgeBase, KnowledgeStore } from '../knowledge/index.ts'

export interface WhoAnswersPorts {
  agents: Pick<AgentStore, 'agents' | 'brains'>
  knowledge: Pick<KnowledgeStore, 'findBase' | 'listBases'>
}

/** Who answers a chat: its id, and all a brain is told of it. */
export interface Answerer {
  /** The project's own id where it has no agent. */
  agentId: string
  brief: Pick<BrainContext, 'instructions' | 'agentName' | 'greeting' | 'knowledgeBase' | 'model'>
}

/**
 * The session's agent. Where it has none of its own, the project's newest one; and where there is none either, the
 * installation's plain manner, from the project's newest knowledge base.
 */
export async function whoAnswers(ports: WhoAnswersPorts, project: Project, session: Session | null): Promise<Answerer> {
  const mayRead = session?.settings.features.knowledgeBase ?? true
  const isProjects = session === null || session.agentId === project.id
  const { agents } = ports.agents
  const agent = isProjects ? await agents.findNewest(project.id) : await agents.find(session.agentId)
  if (agent !== null) return { agentId: agent.id, brief: await briefOf(ports, agent, mayRead) }
  const base = mayRead ? await findNewestBase(ports, project) : null
  const plain = { instructions: '', agentName: 'Parlor', greeting: null, model: '' }
  return { agentId: project.id, brief: { ...plain, knowledgeBase: base && { id: base.id, name: base.name } } }
}

async function briefOf(ports: WhoAnswersPorts, agent: Agent, mayRead: boolean): Promise<Answerer['brief']> {
  const brain = await ports.agents.brains.find(agent.brainId)
  if (brain === null) throw new Error('the agent has no brain')
  const baseId = mayRead ? brain.knowledgeBaseId : null
  const base = baseId === null ? null : await ports.knowledge.findBase(baseId)
  return {
    instructions: [brain.instructions, agent.settings.personality].filter((words) => words).join('\n\n'),
    agentName: agent.name,
    greeting: agent.settings.greeting,
    model: brain.model,
    knowledgeBase: base && { id: base.id, name: base.name },
  }
}

const pageSize = 100

async function findNewestBase({ knowledge }: WhoAnswersPorts, project: Project): Promise<KnowledgeBase | null> {
  for (let offset = 0; ; offset += pageSize) {
    const { items, total } = await knowledge.listBases(project.accountId, { offset, limit: pageSize })
    const found = items.find(({ projectId }) => projectId === project.id)
    if (found !== undefined) return found
    if (offset + pageSize >= total) return null
  }
}
