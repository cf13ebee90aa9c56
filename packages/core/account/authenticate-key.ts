import { ParlorError } from '../errors/index.ts'
import type { AccountStore, KeyOwner } from './account-store.ts'
import { allows, digestKey, type Key, type Scope } from './key.ts'

/** Longer than any key we make; a longer header is not worth a digest. */
const longestKey = 512

/**
 * Finds out who is calling by the key presented.
 * @throws ParlorError `missing_key`, `invalid_key` (unknown, expired, disabled, or of the wrong kind), `account_suspended`.
 */
export async function authenticateKey(
  store: Pick<AccountStore, 'findKeyByDigest'>,
  presented: string | undefined,
  kind: Key['kind'],
  now: number,
): Promise<KeyOwner> {
  const owner = await recogniseKey(store, presented, kind, now)
  if (owner.account.suspendedAt !== null) throw new ParlorError('account_suspended')
  return owner
}

/**
 * The same, and a suspended account is told apart from others by whoever asks: for what it may still read.
 * @throws ParlorError `missing_key`, `invalid_key`.
 */
export async function recogniseKey(
  store: Pick<AccountStore, 'findKeyByDigest'>,
  presented: string | undefined,
  kind: Key['kind'],
  now: number,
): Promise<KeyOwner> {
  if (presented === undefined || presented === '') throw new ParlorError('missing_key')
  const owner = presented.length > longestKey ? null : await store.findKeyByDigest(digestKey(presented))
  if (owner === null || owner.key.kind !== kind || !isUsable(owner.key, now)) throw new ParlorError('invalid_key')
  return owner
}

/** One of the scopes is enough. @throws ParlorError `insufficient_scope` naming those that would do. */
export function requireScope(key: Key, needed: Scope, ...others: readonly Scope[]): void {
  const enough = [needed, ...others]
  if (enough.some((scope) => allows(key.scopes, scope))) return
  throw new ParlorError('insufficient_scope', {
    message: `This needs a key with the scope ${enough.map((scope) => `"${scope}"`).join(' or ')}; this key has ${key.scopes.map((s) => `"${s}"`).join(', ') || 'none'}.`,
    facts: { needed },
  })
}

function isUsable(key: Key, now: number): boolean {
  return key.disabledAt === null && (key.expiresAt === null || now < key.expiresAt)
}
