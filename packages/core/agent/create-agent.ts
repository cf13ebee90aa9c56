import { refuseField } from '../errors/index.ts'
import { type Clock, newId } from '../time/index.ts'
import type { Agent } from './agent.ts'
import type { AgentStore } from './agent-store.ts'

export type NewAgent = Omit<Agent, 'id' | 'createdAt' | 'updatedAt' | 'archivedAt'>

/**
 * Puts an agent together from parts the account may use.
 * @throws ParlorError `validation_failed` naming the part that does not exist for this account.
 */
export async function createAgent(store: AgentStore, clock: Clock, wanted: NewAgent): Promise<Agent> {
  const { accountId } = wanted
  const [avatar, voice, brain] = await Promise.all([
    store.avatars.find(wanted.avatarId),
    store.voices.find(wanted.voiceId),
    store.brains.find(wanted.brainId),
  ])
  if (!mayUse(avatar, accountId)) throw missingPart('avatarId', 'avatar')
  if (!mayUse(voice, accountId)) throw missingPart('voiceId', 'voice')
  if (!mayUse(brain, accountId)) throw missingPart('brainId', 'brain')
  const now = clock.now()
  const agent: Agent = { ...wanted, id: newId(clock), createdAt: now, updatedAt: now, archivedAt: null }
  await store.agents.insert(agent)
  return agent
}

/** Whether an account may use a thing: its own or a public one that is not archived. */
export function mayUse(
  thing: { accountId: string | null; archivedAt: number | null } | null,
  accountId: string,
): boolean {
  return thing !== null && thing.archivedAt === null && (thing.accountId === null || thing.accountId === accountId)
}

function missingPart(field: string, noun: string) {
  return refuseField([field], 'not_found', `there is no such ${noun} in this account or among the public ones`)
}
