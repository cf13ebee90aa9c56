import { randomBytes } from 'node:crypto'
import { ParlorError } from '../errors/index.ts'
import { type Clock, newId } from '../time/index.ts'
import type { AccountStore, KeyOwner } from './account-store.ts'
import { digestKey } from './key.ts'
import type { OperatorSession, OperatorSessionStore } from './operator-session-store.ts'

export interface OperatorPorts {
  operatorSessions: OperatorSessionStore
  clock: Clock
}

/** How long an operator session lasts, in milliseconds: 30 days. */
export const operatorSessionMs = 30 * 24 * 60 * 60 * 1000
/** Longer than any we make; a longer one is not worth a digest. */
const longestSession = 512

/** Makes an operator session for the key's account. `plain` has 256 random bits; it is shown once and only its digest is kept. */
export async function logIn(
  { operatorSessions, clock }: OperatorPorts,
  owner: KeyOwner,
): Promise<{ session: OperatorSession; plain: string }> {
  const plain = `prl_op_${randomBytes(32).toString('hex')}`
  const now = clock.now()
  const session: OperatorSession = {
    id: newId(clock),
    accountId: owner.account.id,
    keyId: owner.key.id,
    digest: digestKey(plain),
    createdAt: now,
    expiresAt: now + operatorSessionMs,
    revokedAt: null,
  }
  await operatorSessions.insertOperatorSession(session)
  return { session, plain }
}

/**
 * Ends an operator session of the account for good; again changes nothing.
 * @throws ParlorError `not_found` for an unknown one and for another account's alike.
 */
export async function logOut(
  { operatorSessions, clock }: OperatorPorts,
  accountId: string,
  presented: string,
): Promise<void> {
  const found = await findByText(operatorSessions, presented)
  if (found === null || found.accountId !== accountId) {
    throw new ParlorError('not_found', { message: 'There is no such operator session in this account.' })
  }
  if (found.revokedAt === null) await operatorSessions.revokeOperatorSession(found.id, clock.now())
}

/**
 * Finds out who an operator session acts for: the key it was made with, which it never outlives in power.
 * @throws ParlorError `missing_key`, `invalid_key` (unknown, expired, revoked, or its key is), `account_suspended`.
 */
export async function authenticateOperator(
  ports: OperatorPorts & { accounts: Pick<AccountStore, 'findAccount' | 'listKeys'> },
  presented: string | undefined,
): Promise<KeyOwner & { session: OperatorSession }> {
  if (presented === undefined || presented === '') throw new ParlorError('missing_key')
  const now = ports.clock.now()
  const session = await findByText(ports.operatorSessions, presented)
  if (session === null || session.revokedAt !== null || session.expiresAt <= now) throw new ParlorError('invalid_key')
  const [account, keys] = await Promise.all([
    ports.accounts.findAccount(session.accountId),
    ports.accounts.listKeys(session.accountId),
  ])
  const key = keys.find(({ id }) => id === session.keyId)
  if (account === null || key === undefined || key.disabledAt !== null) throw new ParlorError('invalid_key')
  if (key.expiresAt !== null && key.expiresAt <= now) throw new ParlorError('invalid_key')
  if (account.suspendedAt !== null) throw new ParlorError('account_suspended')
  return { key, account, session }
}

async function findByText(store: OperatorSessionStore, presented: string): Promise<OperatorSession | null> {
  return presented.length > longestSession ? null : store.findOperatorSessionByDigest(digestKey(presented))
}
