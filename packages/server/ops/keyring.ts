import type { Account, AccountStore, Key, KeyOwner } from '@parlor/core/account'

/** The store's keys and those lent for the life of this process: they are in memory alone and end with it. */
export interface Keyring extends Pick<AccountStore, 'findKeyByDigest'> {
  lend(account: Account, key: Key): void
}

export function openKeyring(accounts: Pick<AccountStore, 'findKeyByDigest'>): Keyring {
  const lent = new Map<string, KeyOwner>()
  return {
    findKeyByDigest: async (digest) => lent.get(digest) ?? accounts.findKeyByDigest(digest),
    lend: (account, key) => {
      lent.set(key.digest, { account, key })
    },
  }
}
