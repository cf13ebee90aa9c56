import type { Key, KeyUsage } from '@parlor/core/account'
import { isoSeconds } from '@parlor/core/time'

/** A key without its text. There are no users here: its account stands for whoever made it. */
export function renderKey(key: Key, usage?: KeyUsage) {
  const made = isoSeconds(key.createdAt)
  const lastUsed = usage?.lastUsedAt ?? null
  return {
    id: key.id,
    organization_id: key.accountId,
    ...(!key.isAccountWide && { project_id: key.projectId }),
    created_by_user_id: key.accountId,
    name: key.name,
    key_prefix: key.prefix,
    scopes: key.scopes,
    created_at: made,
    updated_at: made,
    ...(lastUsed !== null && { last_accessed_at: isoSeconds(lastUsed) }),
  }
}
