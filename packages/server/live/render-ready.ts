import type { AdmittedVisitor } from '@parlor/core/session'
import type { AvatarLook, Ready } from '@parlor/protocol'
import type { Connection } from './live-state.ts'
import type { AgentWithLook } from './load-agent.ts'

/** The answer to `hello`. */
export function renderReady(
  connection: Connection,
  { session, visitor, resumeKey }: AdmittedVisitor,
  { agent, avatar, model }: AgentWithLook,
  resume: Ready['resume'],
): Ready {
  const { ports, timing } = connection.context
  const { features, audioOnly } = session.settings
  return {
    type: 'ready',
    session: session.id,
    visitor: { id: visitor.id, resume_key: resumeKey },
    conn: connection.id,
    features: {
      voice_input: features.voiceInput,
      text_input: features.textInput,
      knowledge_base: features.knowledgeBase,
    },
    voice: { mode: 'none' },
    ears: { mode: 'none' },
    brain: { mode: ports.brain.modeFor?.(model) ?? ports.brain.mode },
    agent: { name: agent.name, greeting: agent.settings.greeting, languages: agent.settings.languages },
    // The look was checked against the protocol's words when the avatar was made; the face ignores what it does not know.
    avatar: { kind: 'svg', config: { name: avatar?.name ?? agent.name, ...avatar?.look } as AvatarLook },
    audio_only: audioOnly,
    expires_at: new Date(session.expiresAt).toISOString(),
    now: new Date(ports.clock.now()).toISOString(),
    heartbeat_ms: timing.pingEveryMs,
    resume,
  }
}
