import { ParlorError } from '../errors/index.ts'
import { type Clock, newId } from '../time/index.ts'
import type { Account, Project } from './account.ts'
import type { AccountStore } from './account-store.ts'
import { checkConcurrency, checkDuration, checkName } from './check-wish.ts'

export interface AccountPorts {
  accounts: AccountStore
  clock: Clock
}

export interface AccountWish {
  name: string
  /** Sessions at once; null for no ceiling. */
  concurrency?: number | null
  /** Seconds; null for the installation's own ceiling. */
  maxDurationSeconds?: number | null
}

/**
 * Makes an account with its default project. Durable when it resolves.
 * @throws ParlorError `validation_failed`, `conflict` when the name is taken.
 */
export async function createAccount(
  { accounts, clock }: AccountPorts,
  wish: AccountWish,
): Promise<{ account: Account; project: Project }> {
  const account: Account = {
    id: newId(clock),
    name: checkName(wish.name),
    ...checkCeilings({ concurrency: wish.concurrency ?? null, maxDurationSeconds: wish.maxDurationSeconds ?? null }),
    suspendedAt: null,
    createdAt: clock.now(),
  }
  if ((await accounts.findAccountByName(account.name)) !== null) {
    throw new ParlorError('conflict', {
      message: `There is an account "${account.name}" already. Choose another name.`,
    })
  }
  const project = newProject(clock, account.id, 'default', 'Default')
  await accounts.insertAccount(account)
  await accounts.insertProject(project)
  return { account, project }
}

export function checkCeilings(ceilings: Pick<Account, 'concurrency' | 'maxDurationSeconds'>): typeof ceilings {
  return {
    concurrency: checkConcurrency(ceilings.concurrency),
    maxDurationSeconds: checkDuration(ceilings.maxDurationSeconds),
  }
}

export function newProject(clock: Clock, accountId: string, slug: string, name: string): Project {
  return {
    id: newId(clock),
    accountId,
    slug,
    name,
    strictOrigins: false,
    allowedOrigins: [],
    originRequests: [],
    deletedAt: null,
    createdAt: clock.now(),
  }
}
