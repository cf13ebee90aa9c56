import type { Account, Key, Project } from '@parlor/core/account'
import type { Agent, Page, Paged } from '@parlor/core/agent'
import type { Session } from '@parlor/core/session'
import { isoSeconds } from '@parlor/core/time'
import type { PageQuery } from './schemas.ts'

const largestPage = 100

/** How operators see things: one shape each, snake_case, times in ISO 8601. */
export function renderAccount(account: Account, operatorAccountId: string) {
  return {
    id: account.id,
    name: account.name,
    concurrency: account.concurrency,
    max_duration: account.maxDurationSeconds,
    suspended: account.suspendedAt !== null,
    suspended_at: isoOrNull(account.suspendedAt),
    is_operator: account.id === operatorAccountId,
    created_at: isoSeconds(account.createdAt),
  }
}

export function renderProject(project: Project) {
  const { id, accountId: account_id, slug, name, strictOrigins: strict_origins } = project
  const allowed_origins = project.allowedOrigins
  return { id, account_id, slug, name, strict_origins, allowed_origins, created_at: isoSeconds(project.createdAt) }
}

export function renderKey(key: Key, now: number) {
  return {
    id: key.id,
    account_id: key.accountId,
    project_id: key.projectId,
    kind: key.kind,
    name: key.name,
    masked: key.masked,
    prefix: key.prefix,
    scopes: key.scopes,
    rate_limit: key.rateLimit,
    rate_limit_window: key.rateWindowSeconds,
    max_duration: key.maxDurationSeconds,
    concurrency: key.concurrency,
    allowed_origins: key.allowedOrigins,
    status: statusOf(key, now),
    expires_at: isoOrNull(key.expiresAt),
    revoked_at: isoOrNull(key.disabledAt),
    created_at: isoSeconds(key.createdAt),
  }
}

export function renderAgent(agent: Agent) {
  return {
    id: agent.id,
    account_id: agent.accountId,
    project_id: agent.projectId,
    name: agent.name,
    description: agent.description,
    avatar_id: agent.avatarId,
    voice_id: agent.voiceId,
    brain_id: agent.brainId,
    created_at: isoSeconds(agent.createdAt),
  }
}

/** A session past its expiry is over, whether or not that is written down yet. */
export function renderSession(session: Session, now: number) {
  const isExpired = session.state !== 'ended' && session.expiresAt <= now
  return {
    id: session.id,
    kind: session.kind,
    account_id: session.accountId,
    project_id: session.projectId,
    agent_id: session.agentId,
    key_id: session.keyId,
    state: isExpired ? 'ended' : session.state,
    reason: isExpired ? 'expired' : session.reason,
    created_at: isoSeconds(session.createdAt),
    expires_at: isoSeconds(session.expiresAt),
    ended_at: isExpired ? isoSeconds(session.expiresAt) : isoOrNull(session.endedAt),
  }
}

export function pageOf(query: PageQuery): Page {
  const limit = Math.min(query.page_size, largestPage)
  return { offset: (query.page - 1) * limit, limit }
}

/** A page out of a list that is short enough to be read whole. */
export function cut<T>(items: readonly T[], { offset, limit }: Page): Paged<T> {
  return { items: items.slice(offset, offset + limit), total: items.length }
}

export function renderList<T, R>({ items, total }: Paged<T>, query: PageQuery, render: (item: T) => R) {
  const { limit: page_size } = pageOf(query)
  const total_pages = Math.ceil(total / page_size)
  const { page } = query
  const meta = { page, page_size, total, total_pages, has_next: page < total_pages, has_prev: page > 1 && total > 0 }
  return { data: items.map(render), meta }
}

export function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : isoSeconds(ms)
}

function statusOf(key: Key, now: number): 'active' | 'expired' | 'revoked' {
  if (key.disabledAt !== null) return 'revoked'
  return key.expiresAt !== null && key.expiresAt <= now ? 'expired' : 'active'
}
