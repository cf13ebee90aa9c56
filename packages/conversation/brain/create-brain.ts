import type { AgentStore, Brain } from '@parlor/core/agent'
import { refuseField } from '@parlor/core/errors'
import { type Clock, newId } from '@parlor/core/time'
import type { KnowledgeStore } from '../knowledge/knowledge-store.ts'

export interface CreateBrainPorts {
  agents: Pick<AgentStore, 'brains'>
  knowledge: Pick<KnowledgeStore, 'findBase'>
  clock: Clock
}

export type NewBrain = Omit<Brain, 'id' | 'createdAt' | 'updatedAt' | 'archivedAt'> & { accountId: string }

/**
 * Makes a brain over a knowledge base of its own account, or over none.
 * @throws ParlorError `validation_failed` at `knowledgeBaseId` for any other base.
 */
export async function createBrain(ports: CreateBrainPorts, wanted: NewBrain): Promise<Brain> {
  const { knowledgeBaseId, accountId } = wanted
  if (knowledgeBaseId !== null && (await ports.knowledge.findBase(knowledgeBaseId))?.accountId !== accountId) {
    throw refuseField(['knowledgeBaseId'], 'not_found', 'there is no such knowledge base in this account')
  }
  const now = ports.clock.now()
  const brain: Brain = { ...wanted, id: newId(ports.clock), createdAt: now, updatedAt: now, archivedAt: null }
  await ports.agents.brains.insert(brain)
  return brain
}
