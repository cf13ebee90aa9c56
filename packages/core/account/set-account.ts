import { ParlorError } from '../errors/index.ts'
import { endOpenSessions } from '../session/end-open-sessions.ts'
import type { EndSessionPorts } from '../session/end-session.ts'
import type { Account } from './account.ts'
import { type AccountPorts, checkCeilings } from './create-account.ts'

export interface AccountChange {
  concurrency?: number | null
  maxDurationSeconds?: number | null
  /** True suspends: no key makes or changes anything and every open session ends before the call returns. False lets it go on. */
  suspended?: boolean
}

export interface SetAccountPorts extends AccountPorts, EndSessionPorts {
  /** The installation's own account: suspending it would leave nobody who could undo it. */
  operatorAccountId: string
}

/**
 * Changes an account's ceilings, suspends it or lets it go on; what is absent stays. Suspending a suspended one ends again what
 * was missed. Resolves to the account and how many sessions were ended.
 * @throws ParlorError `not_found`, `validation_failed`, `forbidden` for suspending the operator's account.
 */
export async function setAccount(
  ports: SetAccountPorts,
  id: string,
  change: AccountChange,
): Promise<{ account: Account; endedSessions: number }> {
  const before = await ports.accounts.findAccount(id)
  if (before === null) throw noSuchAccount()
  if (change.suspended === true && id === ports.operatorAccountId) {
    throw new ParlorError('forbidden', {
      message: 'This is the operator’s own account: suspended, nobody could take that back. Revoke keys instead.',
    })
  }
  const account: Account = {
    ...before,
    ...checkCeilings({
      concurrency: change.concurrency === undefined ? before.concurrency : change.concurrency,
      maxDurationSeconds:
        change.maxDurationSeconds === undefined ? before.maxDurationSeconds : change.maxDurationSeconds,
    }),
    suspendedAt: suspendedAt(before, change, ports.clock.now()),
  }
  if (!(await ports.accounts.updateAccount(account))) throw noSuchAccount()
  const endedSessions =
    change.suspended === true
      ? await endOpenSessions(ports, { accountId: id }, undefined, 'The account was suspended.')
      : 0
  return { account, endedSessions }
}

function suspendedAt(before: Account, { suspended }: AccountChange, now: number): number | null {
  if (suspended === undefined) return before.suspendedAt
  return suspended ? (before.suspendedAt ?? now) : null
}

export function noSuchAccount(): ParlorError {
  return new ParlorError('not_found', { message: 'There is no such account. List the accounts to find its id.' })
}
