import type { AgentStore, Avatar, Brain } from '@parlor/core/agent'
import type { RoomTerms } from '@parlor/core/session'
import type { BrainContext } from '../brain/index.ts'
import type { KnowledgeStore } from '../knowledge/index.ts'
import { fillTemplate } from './fill-template.ts'

export interface WhoSpeaksPorts {
  agents: Pick<AgentStore, 'avatars' | 'brains'>
  knowledge: Pick<KnowledgeStore, 'findBase'>
}

/** Who is seen and heard in a room, and all a brain is told of it. */
export interface Speaker {
  look: Readonly<Record<string, string>>
  gender: 'male' | 'female' | 'neutral'
  /** The provider's own name for a voice. */
  voiceName: string | null
  greeting: string | null
  /** Null where an agent of the customer's own speaks through the avatar. */
  brief: Omit<BrainContext, 'history' | 'question' | 'calling' | 'locale'> | null
}

/** What the avatar of a session is, as its terms say. @throws Error where the terms name what is not there. */
export async function findSpeaker(
  ports: WhoSpeaksPorts,
  terms: RoomTerms,
  mayReadKnowledge: boolean,
): Promise<Speaker> {
  const [avatar, brain] = await Promise.all([
    ports.agents.avatars.find(terms.avatarId),
    terms.brainId === null ? null : ports.agents.brains.find(terms.brainId),
  ])
  if (avatar === null) throw new Error('the session has no avatar')
  // As the widget draws it: a look that says nothing is chosen by the name.
  const seen = { look: { name: avatar.name, ...avatar.look }, gender: genderOf(avatar) }
  if (terms.brainId === null) return { ...seen, voiceName: null, greeting: null, brief: null }
  if (brain === null) throw new Error('the session has no brain')
  const greeting = remarkOf(brain, ['greetingMsg', 'greetingMessage'])
  const filled = greeting && fillTemplate(greeting, terms.templateVars)
  return {
    ...seen,
    voiceName: remarkOf(brain, ['voice']),
    greeting: filled,
    brief: await briefOf(ports, terms, { avatar, brain, greeting: filled, mayReadKnowledge }),
  }
}

async function briefOf(
  { knowledge }: WhoSpeaksPorts,
  terms: RoomTerms,
  who: { avatar: Avatar; brain: Brain; greeting: string | null; mayReadKnowledge: boolean },
): Promise<Speaker['brief']> {
  const { avatar, brain, greeting, mayReadKnowledge } = who
  const baseId = mayReadKnowledge ? (terms.knowledgeBaseId ?? brain.knowledgeBaseId) : null
  const base = baseId === null ? null : await knowledge.findBase(baseId)
  return {
    instructions: fillTemplate(brain.instructions, terms.templateVars),
    agentName: avatar.name,
    greeting,
    knowledgeBase: base && { id: base.id, name: base.name },
    model: brain.model,
  }
}

function genderOf({ gender }: Avatar): Speaker['gender'] {
  return gender === 'male' || gender === 'female' ? gender : 'neutral'
}

/**
 * A wire keeps what it was told of a part as remarks, and these few are what a talk is made of. The first word that is there
 * counts; anything but text is not taken.
 */
function remarkOf({ remarks }: Brain, words: readonly string[]): string | null {
  for (const word of words) {
    const value = remarks?.[word]
    if (typeof value === 'string' && value.trim() !== '') return value.trim()
  }
  return null
}
