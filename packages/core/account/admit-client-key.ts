import { ParlorError } from '../errors/index.ts'
import { type Caller, judgeCaller, type OriginPolicy, strictLists } from '../origin/index.ts'
import type { Project } from './account.ts'
import type { AccountStore, KeyOwner } from './account-store.ts'
import { authenticateKey, requireScope } from './authenticate-key.ts'
import type { Key } from './key.ts'

export interface AdmitClientKeyPorts {
  /** Also finds keys that are lent to this process. */
  keys: Pick<AccountStore, 'findKeyByDigest'>
  accounts: Pick<AccountStore, 'findProject'>
  /** Whether Parlor is served over http: then its customers' pages may be. */
  httpAllowed: boolean
}

/**
 * Whose publishable key this is, where the page that calls may use it: each of the key's own list and, in a strict project, the
 * project's must allow it (design 5, "Keys" and "Origin").
 * @throws ParlorError `missing_key`, `invalid_key`, `account_suspended`, `insufficient_scope`, `origin_refused` (with the facts
 * `rule` and `origin`).
 */
export async function admitClientKey(
  ports: AdmitClientKeyPorts,
  presented: string | undefined,
  caller: Caller,
  now: number,
): Promise<KeyOwner> {
  const owner = await authenticateKey(ports.keys, presented, 'client', now)
  requireScope(owner.key, 'client')
  const project = await ports.accounts.findProject(owner.key.projectId)
  if (project === null || project.deletedAt !== null) throw new ParlorError('invalid_key')
  const verdict = judgeCaller(policyOf(owner.key, project, ports.httpAllowed), caller)
  if (verdict.allowed) return owner
  const { rule, origin, message } = verdict
  throw new ParlorError('origin_refused', { message, facts: { rule, origin } })
}

function policyOf(key: Key, project: Project, httpAllowed: boolean): OriginPolicy {
  const own = { name: 'key' as const, domains: [], origins: key.allowedOrigins }
  return { lists: [own, ...strictLists(project)], httpAllowed, pagesOnly: true }
}
