import type { Agent, AgentStore } from '@parlor/core/agent'
import { type AgentParts, renderAvatar, renderBrain, renderVoice } from './render-agent.ts'
import type { WidgetWire } from './wire.ts'

type PartPorts = Pick<WidgetWire, 'knowledge' | 'publicUrl'> & {
  agents: Pick<AgentStore, 'avatars' | 'voices' | 'brains'>
}

/** Agents mostly share their parts: each part is read once. */
export function partReader({ agents, knowledge, publicUrl }: PartPorts): (agent: Agent) => Promise<AgentParts> {
  const avatar = readOnce(async (id) => {
    const found = await agents.avatars.find(id)
    return found && renderAvatar(found, publicUrl)
  })
  const voice = readOnce(async (id) => {
    const found = await agents.voices.find(id)
    return found && renderVoice(found)
  })
  const brain = readOnce(async (id) => {
    const found = await agents.brains.find(id)
    return (
      found && renderBrain(found, found.knowledgeBaseId ? await knowledge.countDocuments(found.knowledgeBaseId) : 0)
    )
  })
  return async ({ avatarId, voiceId, brainId }) => {
    const [one, two, three] = await Promise.all([avatar(avatarId), voice(voiceId), brain(brainId)])
    return { avatar: one, voice: two, brain: three }
  }
}

function readOnce<T>(read: (id: string) => Promise<T>): (id: string) => Promise<T> {
  const known = new Map<string, Promise<T>>()
  return (id) => {
    const found = known.get(id) ?? read(id)
    known.set(id, found)
    return found
  }
}
