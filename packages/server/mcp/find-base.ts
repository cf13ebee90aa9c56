import type { KnowledgeBase } from '@parlor/conversation/knowledge'
import type { Project } from '@parlor/core/account'
import type { Agent } from '@parlor/core/agent'
import type { McpCall, McpPorts } from './mcp-ports.ts'

const pageSize = 100

type Ports = Pick<McpPorts, 'agents' | 'knowledge'>

/**
 * The knowledge base a call may read: the one of the agent's brain. With a token that is the session's agent, and no other base
 * takes its place; with a key it is the project's newest agent, and where that has none, the project's newest base.
 */
export async function findBase(
  ports: Ports,
  call: Pick<McpCall, 'project' | 'session'>,
): Promise<KnowledgeBase | null> {
  const { project, session } = call
  // A session that was made where the project had no agent names the project instead.
  const isBound = session !== null && session.agentId !== project.id
  const { agents } = ports.agents
  const agent = isBound ? await agents.find(session.agentId) : await agents.findNewest(project.id)
  const own = agent && (await findBaseOf(ports, agent))
  return own !== null || isBound ? own : findNewestBase(ports, project)
}

async function findBaseOf({ agents, knowledge }: Ports, agent: Agent): Promise<KnowledgeBase | null> {
  const brain = await agents.brains.find(agent.brainId)
  const base = brain?.knowledgeBaseId ? await knowledge.findBase(brain.knowledgeBaseId) : null
  return base !== null && base.accountId === agent.accountId ? base : null
}

async function findNewestBase({ knowledge }: Ports, { id, accountId }: Project): Promise<KnowledgeBase | null> {
  for (let offset = 0; ; offset += pageSize) {
    const { items, total } = await knowledge.listBases(accountId, { offset, limit: pageSize })
    const newest = items.find(({ projectId }) => projectId === id)
    if (newest !== undefined) return newest
    if (offset + pageSize >= total) return null
  }
}
