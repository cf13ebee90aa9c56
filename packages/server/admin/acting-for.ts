import type { Account, KeyOwner, Project } from '@parlor/core/account'
import { noSuchAccount } from '@parlor/core/account'
import { ParlorError } from '@parlor/core/errors'
import type { FastifyRequest } from 'fastify'
import type { AdminPorts } from './admin-ports.ts'

export const readRoute = { credential: { kind: 'secret_key', scope: 'read' } } as const
export const writeRoute = { credential: { kind: 'secret_key', scope: 'write' } } as const

/** The owner of the key on a route that takes one. */
export function callerOf(request: FastifyRequest): KeyOwner {
  if (request.caller === null) throw new ParlorError('missing_key')
  return request.caller
}

export function isOperator({ operatorAccountId }: Pick<AdminPorts, 'operatorAccountId'>, caller: KeyOwner): boolean {
  return caller.account.id === operatorAccountId
}

/** @throws ParlorError `forbidden` for a key of any account but the operator's. */
export function requireOperator(ports: Pick<AdminPorts, 'operatorAccountId'>, request: FastifyRequest): KeyOwner {
  const caller = callerOf(request)
  if (isOperator(ports, caller)) return caller
  throw new ParlorError('forbidden', {
    message: 'Only a key of the operator’s account (the one named "default") may manage accounts.',
  })
}

/**
 * The account a call is about: the key's own, or the one that `named` says by id or name.
 * @throws ParlorError `forbidden` where a key names another account and may not, `not_found` where there is none.
 */
export async function actingFor(
  ports: Pick<AdminPorts, 'accounts' | 'operatorAccountId'>,
  request: FastifyRequest,
  named: string | undefined,
): Promise<Account> {
  const caller = callerOf(request)
  const { account } = caller
  if (named === undefined || named === account.id || named === account.name) return account
  if (!isOperator(ports, caller)) {
    throw new ParlorError('forbidden', {
      message: 'This key acts for its own account alone. Leave "account" out, or use a key of the operator’s account.',
    })
  }
  const found = (await ports.accounts.findAccount(named)) ?? (await ports.accounts.findAccountByName(named))
  if (found === null) throw noSuchAccount()
  return found
}

/** A project of an account by its id or slug; the default one when none is named. @throws ParlorError `not_found`. */
export async function findProject(
  { accounts }: Pick<AdminPorts, 'accounts'>,
  accountId: string,
  named = 'default',
): Promise<Project> {
  const project = (await accounts.findProjectBySlug(accountId, named)) ?? (await accounts.findProject(named))
  if (project !== null && project.accountId === accountId && project.deletedAt === null) return project
  throw new ParlorError('not_found', { message: `The account has no project "${named}". List its projects.` })
}
