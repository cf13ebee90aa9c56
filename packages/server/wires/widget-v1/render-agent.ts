import type { Agent, AgentUsage, Avatar, Brain, Voice } from '@parlor/core/agent'
import { isoSeconds } from '@parlor/core/time'

/** What agents are put together from, as their answers carry it for newer clients (contracts 1.4). A part outlives its deletion. */
export interface AgentParts {
  avatar: ReturnType<typeof renderAvatar> | null
  voice: ReturnType<typeof renderVoice> | null
  brain: ReturnType<typeof renderBrain> | null
}

/** Both generations' fields of each thing (contracts 1.4, K8-K10). */
export function renderAgent(agent: Agent, parts: AgentParts, usage?: AgentUsage) {
  const { totalSessions = 0, totalMessages = 0, lastUsedAt = null } = usage ?? {}
  return {
    id: agent.id,
    user_id: agent.accountId,
    name: agent.name,
    description: agent.description,
    avatar_id: agent.avatarId,
    voice_id: agent.voiceId,
    brain_id: agent.brainId,
    ...parts,
    settings: {
      greeting: agent.settings.greeting,
      personality: agent.settings.personality,
      languages: agent.settings.languages,
      max_conversation_length: agent.settings.maxConversationLength,
    },
    status: agent.archivedAt === null ? 'active' : 'inactive',
    usage: {
      total_sessions: totalSessions,
      total_messages: totalMessages,
      last_used: lastUsedAt === null ? null : isoSeconds(lastUsedAt),
    },
    created_at: isoSeconds(agent.createdAt),
    updated_at: isoSeconds(agent.updatedAt),
  }
}

export function renderAvatar(avatar: Avatar, publicUrl: URL) {
  const isPublic = avatar.accountId === null
  const created_at = isoSeconds(avatar.createdAt)
  // Every avatar is drawn by the widget; the picture is the drawing at rest.
  const picture = `${publicUrl.origin}/embed/assets/portrait.svg`
  return {
    id: avatar.id,
    user_id: avatar.accountId,
    name: avatar.name,
    description: avatar.description,
    gender: avatar.gender,
    occupation: avatar.occupation,
    url: picture,
    object_key: null,
    cdn_url: picture,
    video_url: picture,
    preview_image: picture,
    thumbnail_url: picture,
    is_public: isPublic,
    scope: isPublic ? 'public' : 'private',
    properties: { gender: avatar.gender, age_range: null, style: 'drawn' },
    created_at,
    updated_at: created_at,
  }
}

export function renderVoice(voice: Voice) {
  return {
    id: voice.id,
    user_id: voice.accountId,
    name: voice.name,
    description: voice.description,
    gender: voice.gender,
    language: voice.language,
    // Older clients require a string here; where there is no such provider it is the voice's own id (K9).
    elevenlabs_voice_id: voice.id,
    preview_url: null,
    is_public: voice.accountId === null,
    scope: voice.accountId === null ? 'public' : 'private',
    properties: { accent: null, age: null, style: null },
    created_at: isoSeconds(voice.createdAt),
    updated_at: isoSeconds(voice.createdAt),
  }
}

/** What the vendor's documentation calls every brain (contracts K10). */
export const brainType = 'knowledge_base'

export function renderBrain(brain: Brain, documentCount: number) {
  return {
    id: brain.id,
    user_id: brain.accountId,
    name: brain.name,
    system_prompt: brain.instructions,
    llm_name: brain.model,
    knowledge_base_id: brain.knowledgeBaseId,
    is_public: brain.isPublic,
    is_active: brain.isActive,
    description: null,
    type: brainType,
    document_count: documentCount,
    last_updated: isoSeconds(brain.updatedAt),
    status: 'ready',
    created_at: isoSeconds(brain.createdAt),
    updated_at: isoSeconds(brain.updatedAt),
  }
}
