import type { Account, Key, Project } from '@parlor/core/account'
import type { AccountRow, KeyRow, ProjectRow } from './tables.ts'

export function toAccount(row: AccountRow): Account {
  return {
    id: row.id,
    name: row.name,
    concurrency: row.concurrency,
    maxDurationSeconds: row.max_duration_seconds,
    suspendedAt: row.suspended_at,
    createdAt: row.created_at,
  }
}

export function fromAccount(account: Account): AccountRow {
  return {
    id: account.id,
    name: account.name,
    concurrency: account.concurrency,
    max_duration_seconds: account.maxDurationSeconds,
    suspended_at: account.suspendedAt,
    created_at: account.createdAt,
  }
}

export function toProject(row: ProjectRow): Project {
  return {
    id: row.id,
    accountId: row.account_id,
    slug: row.slug,
    name: row.name,
    strictOrigins: row.strict_origins,
    allowedOrigins: JSON.parse(row.allowed_origins),
    originRequests: JSON.parse(row.origin_requests),
    deletedAt: row.deleted_at,
    createdAt: row.created_at,
  }
}

export function fromProject(project: Project): ProjectRow {
  return {
    id: project.id,
    account_id: project.accountId,
    slug: project.slug,
    name: project.name,
    strict_origins: project.strictOrigins,
    allowed_origins: JSON.stringify(project.allowedOrigins),
    origin_requests: JSON.stringify(project.originRequests),
    deleted_at: project.deletedAt,
    created_at: project.createdAt,
  }
}

export function toKey(row: KeyRow): Key {
  return {
    id: row.id,
    accountId: row.account_id,
    projectId: row.project_id,
    isAccountWide: row.is_account_wide,
    kind: row.kind as Key['kind'],
    name: row.name,
    digest: row.digest,
    prefix: row.prefix,
    masked: row.masked,
    scopes: JSON.parse(row.scopes),
    rateLimit: row.rate_limit,
    rateWindowSeconds: row.rate_window_seconds,
    maxDurationSeconds: row.max_duration_seconds,
    concurrency: row.concurrency,
    allowedOrigins: JSON.parse(row.allowed_origins),
    expiresAt: row.expires_at,
    disabledAt: row.disabled_at,
    createdAt: row.created_at,
  }
}

export function fromKey(key: Key): KeyRow {
  return {
    id: key.id,
    account_id: key.accountId,
    project_id: key.projectId,
    is_account_wide: key.isAccountWide,
    kind: key.kind,
    name: key.name,
    digest: key.digest,
    prefix: key.prefix,
    masked: key.masked,
    scopes: JSON.stringify(key.scopes),
    rate_limit: key.rateLimit,
    rate_window_seconds: key.rateWindowSeconds,
    max_duration_seconds: key.maxDurationSeconds,
    concurrency: key.concurrency,
    allowed_origins: JSON.stringify(key.allowedOrigins),
    expires_at: key.expiresAt,
    disabled_at: key.disabledAt,
    created_at: key.createdAt,
  }
}
