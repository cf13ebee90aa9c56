import { ParlorError } from '../errors/index.ts'
import type { AccountPorts } from './create-account.ts'

/**
 * Takes a key out of use for good: the next call with it is refused. Its sessions go on. Revoking it again changes nothing.
 * @throws ParlorError `not_found` when the account has no such key.
 */
export async function revokeKey({ accounts, clock }: AccountPorts, accountId: string, keyId: string): Promise<void> {
  if (await accounts.disableKey(accountId, keyId, clock.now())) return
  throw new ParlorError('not_found', { message: 'There is no such key in this account. List the keys to find its id.' })
}
