import type { Account, Project } from './account.ts'
import type { Key } from './key.ts'

/** Accounts, projects and keys in a store. Every promise resolves after the change is durable. */
export interface AccountStore {
  /** @throws ParlorError `conflict` when an account has the name already. */
  insertAccount(account: Account): Promise<void>
  findAccount(id: string): Promise<Account | null>
  findAccountByName(name: string): Promise<Account | null>
  listAccounts(): Promise<Account[]>
  /**
   * Overwrites name, ceilings and suspension; false when there is no such account.
   * @throws ParlorError `conflict` when another account has the name.
   */
  updateAccount(account: Account): Promise<boolean>

  /** @throws ParlorError `conflict` when the account already has the slug. */
  insertProject(project: Project): Promise<void>
  findProject(id: string): Promise<Project | null>
  findProjectBySlug(accountId: string, slug: string): Promise<Project | null>
  listProjects(accountId: string): Promise<Project[]>
  updateProject(project: Project): Promise<boolean>

  /** @throws ParlorError `conflict` when a key with the same digest exists. */
  insertKey(key: Key): Promise<void>
  /** Also finds disabled and expired keys: the caller judges. */
  findKeyByDigest(digest: string): Promise<KeyOwner | null>
  listKeys(accountId: string): Promise<Key[]>
  /** Marks a key disabled for good; false when it is unknown or of another account. */
  disableKey(accountId: string, keyId: string, at: number): Promise<boolean>
  /** Whether any secret key exists, disabled or not. */
  hasKeys(): Promise<boolean>
}

/** A key with the account it acts for, read together because every request needs both. */
export interface KeyOwner {
  key: Key
  account: Account
}
