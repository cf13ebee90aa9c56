import type { CreatedSession, Session } from '@parlor/core/session'
import { isoSeconds } from '@parlor/core/time'

/** Flat fields and `data` with the same fields: each generation of clients reads its own (contracts K3). */
export function superset<T extends object>(fields: T): T & { data: T; meta: null } {
  return { ...fields, data: fields, meta: null }
}

export function renderCreatedSession(created: CreatedSession, publicUrl: URL) {
  const { session, agent, token, durationSeconds } = created
  return superset({
    session_token: token,
    session_id: session.id,
    expires_at: isoSeconds(session.expiresAt),
    expires_in: durationSeconds,
    widget_url: `${publicUrl.origin}/embed?session=${session.id}`,
    websocket_url: `${publicUrl.origin.replace(/^http/, 'ws')}/v1/rt`,
    user_id: session.accountId,
    avatar: { id: agent.avatarId, name: agent.name, agentic_avatar_id: agent.id, agentic_avatar_name: agent.name },
    audio_only: session.settings.audioOnly,
  })
}

/** What is known of a session. The token is never part of it (contracts B27). */
export function renderSession(session: Session, now: number) {
  const status = statusOf(session, now)
  const { settings } = session
  return superset({
    id: session.id,
    session_id: session.id,
    agentic_avatar_id: session.agentId,
    user_id: session.accountId,
    api_key_id: session.keyId,
    user_metadata: settings.metadata,
    allowed_domains: orNull(settings.sites.domains),
    allowed_origins: orNull(settings.sites.origins),
    features: {
      voice_input: settings.features.voiceInput,
      text_input: settings.features.textInput,
      knowledge_base: settings.features.knowledgeBase,
    },
    audio_only: settings.audioOnly,
    status,
    valid: status === 'active',
    is_revoked: status === 'terminated',
    ended_reason: status === 'expired' ? 'expired' : session.reason,
    created_at: isoSeconds(session.createdAt),
    expires_at: isoSeconds(session.expiresAt),
    ended_at: endedAt(session, now),
  })
}

export function renderEndedSession(session: Session) {
  return superset({ success: true, message: 'Session terminated successfully', session_id: session.id })
}

/** The state table of design 5, in this wire's words. */
function statusOf(session: Session, now: number): 'active' | 'expired' | 'terminated' {
  if (session.state === 'ended') return session.reason === 'expired' ? 'expired' : 'terminated'
  return now >= session.expiresAt ? 'expired' : 'active'
}

function endedAt(session: Session, now: number): string | null {
  if (session.endedAt !== null) return isoSeconds(session.endedAt)
  return now >= session.expiresAt ? isoSeconds(session.expiresAt) : null
}

function orNull(list: readonly string[]): string[] | null {
  return list.length === 0 ? null : [...list]
}
