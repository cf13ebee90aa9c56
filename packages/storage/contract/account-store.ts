import { expect } from 'vitest'
import { type ContractCase, describeCases, type OpenStores } from './contract-case.ts'
import { hostileTexts, sampleAccount, sampleKey, sampleProject } from './samples.ts'

const conflict = { code: 'conflict' }

export const accountStoreCases: readonly ContractCase[] = [
  {
    name: 'an account is found by id and by name as it was made, and an update overwrites all but its birth',
    run: async ({ stores: { accounts } }) => {
      const account = sampleAccount({ name: "O'Brien" })
      const other = sampleAccount({ name: 'Other' })
      await accounts.insertAccount(account)
      await accounts.insertAccount(other)
      expect(await accounts.findAccount(account.id)).toEqual(account)
      expect(await accounts.findAccountByName("O'Brien")).toEqual(account)
      const changed = { ...account, name: 'New', concurrency: null, maxDurationSeconds: null, suspendedAt: 5 }
      expect(await accounts.updateAccount({ ...changed, createdAt: 9 })).toBe(true)
      expect(await accounts.listAccounts()).toEqual([changed, other])
      expect(await accounts.findAccountByName("O'Brien")).toBeNull()
      expect(await accounts.updateAccount(sampleAccount())).toBe(false)
      await expect(accounts.insertAccount(account)).rejects.toMatchObject(conflict)
    },
  },
  {
    name: "an account's name is taken once, whoever wants it",
    run: async ({ stores: { accounts } }) => {
      const [mine, theirs] = [sampleAccount({ name: 'Shop' }), sampleAccount({ name: 'Other' })]
      await accounts.insertAccount(mine)
      await accounts.insertAccount(theirs)
      await expect(accounts.insertAccount(sampleAccount({ name: 'Shop' }))).rejects.toMatchObject(conflict)
      await expect(accounts.updateAccount({ ...theirs, name: 'Shop' })).rejects.toMatchObject(conflict)
      expect(await accounts.updateAccount({ ...mine, concurrency: 3 })).toBe(true)
      expect(await accounts.listAccounts()).toEqual([{ ...mine, concurrency: 3 }, theirs])
    },
  },
  {
    name: 'a slug is taken once per account',
    run: async ({ stores: { accounts } }) => {
      const [mine, theirs] = [sampleAccount(), sampleAccount()]
      await Promise.all([accounts.insertAccount(mine), accounts.insertAccount(theirs)])
      const project = sampleProject(mine.id, { strictOrigins: true, allowedOrigins: ['https://a.example'] })
      const foreign = sampleProject(theirs.id)
      await accounts.insertProject(project)
      await accounts.insertProject(foreign)
      await expect(accounts.insertProject(sampleProject(mine.id))).rejects.toMatchObject(conflict)
      expect(await accounts.findProject(project.id)).toEqual(project)
      expect(await accounts.findProjectBySlug(mine.id, 'default')).toEqual(project)
      expect(await accounts.findProjectBySlug(theirs.id, 'default')).toEqual(foreign)
      expect(await accounts.listProjects(mine.id)).toEqual([project])
    },
  },
  {
    name: 'a project is updated only in the account it belongs to',
    run: async ({ stores: { accounts } }) => {
      const account = sampleAccount()
      await accounts.insertAccount(account)
      const project = sampleProject(account.id)
      await accounts.insertProject(project)
      const asked = [
        { origin: 'https://c.example', status: 'pending' as const },
        { origin: 'https://d.example', status: 'rejected' as const },
      ]
      const origins = { strictOrigins: true, allowedOrigins: ['https://b.example'], originRequests: asked }
      const changed = { ...project, slug: 'shop', ...origins }
      expect(await accounts.updateProject(changed)).toBe(true)
      expect(await accounts.updateProject({ ...changed, accountId: 'other', slug: 'stolen' })).toBe(false)
      expect(await accounts.findProject(project.id)).toEqual(changed)
      expect(await accounts.findProject('unknown')).toBeNull()
    },
  },
  {
    name: 'a deleted project stays where it was and keeps its slug: whoever asks judges',
    run: async ({ stores: { accounts } }) => {
      const account = sampleAccount()
      await accounts.insertAccount(account)
      const [project, other] = [sampleProject(account.id), sampleProject(account.id, { slug: 'other' })]
      for (const one of [project, other]) await accounts.insertProject(one)
      const deleted = { ...project, deletedAt: 5 }
      expect(await accounts.updateProject(deleted)).toBe(true)
      expect(await accounts.findProject(project.id)).toEqual(deleted)
      expect(await accounts.findProjectBySlug(account.id, 'default')).toEqual(deleted)
      expect(await accounts.listProjects(account.id)).toEqual([deleted, other])
      await expect(accounts.insertProject(sampleProject(account.id))).rejects.toMatchObject(conflict)
    },
  },
  {
    name: 'a key is found by its digest with its account, also when disabled or expired',
    run: async ({ stores: { accounts } }) => {
      const account = sampleAccount({ suspendedAt: 7 })
      await accounts.insertAccount(account)
      const key = sampleKey(account.id, { expiresAt: 1, disabledAt: 1, scopes: [], allowedOrigins: [] })
      await accounts.insertKey(key)
      await accounts.insertKey(sampleKey(account.id))
      expect(await accounts.findKeyByDigest(key.digest)).toEqual({ key, account })
      const wide = sampleKey(account.id, { isAccountWide: true, concurrency: 3 })
      await accounts.insertKey(wide)
      expect(await accounts.findKeyByDigest(wide.digest)).toEqual({ key: wide, account })
      const twin = sampleKey(account.id, { digest: key.digest })
      await expect(accounts.insertKey(twin)).rejects.toMatchObject(conflict)
    },
  },
  {
    name: 'a key is disabled once, and only by its own account',
    run: async ({ stores: { accounts } }) => {
      const [mine, theirs] = [sampleAccount(), sampleAccount()]
      await Promise.all([accounts.insertAccount(mine), accounts.insertAccount(theirs)])
      const [key, spare, foreign] = [sampleKey(mine.id), sampleKey(mine.id), sampleKey(theirs.id)]
      for (const one of [key, spare, foreign]) await accounts.insertKey(one)
      expect(await accounts.disableKey(theirs.id, key.id, 5)).toBe(false)
      expect(await accounts.disableKey(mine.id, 'unknown', 5)).toBe(false)
      expect(await accounts.listKeys(mine.id)).toEqual([key, spare])
      expect(await accounts.disableKey(mine.id, key.id, 5)).toBe(true)
      expect(await accounts.disableKey(mine.id, key.id, 9)).toBe(true)
      expect(await accounts.listKeys(mine.id)).toEqual([{ ...key, disabledAt: 5 }, spare])
    },
  },
  {
    name: 'only a secret key counts as a key that exists',
    run: async ({ stores: { accounts } }) => {
      const account = sampleAccount()
      await accounts.insertAccount(account)
      expect(await accounts.hasKeys()).toBe(false)
      await accounts.insertKey(sampleKey(account.id, { kind: 'client', scopes: ['client'] }))
      expect(await accounts.hasKeys()).toBe(false)
      await accounts.insertKey(sampleKey(account.id, { disabledAt: 1 }))
      expect(await accounts.hasKeys()).toBe(true)
    },
  },
  {
    name: 'hostile text is kept to the letter and finds nothing but itself',
    run: async ({ stores: { accounts } }) => {
      const made = hostileTexts.map((name) => sampleAccount({ name }))
      for (const account of made) await accounts.insertAccount(account)
      for (const [index, name] of hostileTexts.entries()) {
        expect(await accounts.findAccountByName(name)).toEqual(made[index])
        expect(await accounts.findAccount(name)).toBeNull()
        expect(await accounts.findKeyByDigest(name)).toBeNull()
      }
      expect(await accounts.listAccounts()).toEqual(made)
    },
  },
]

export function describeAccountStore(open: OpenStores): void {
  describeCases('AccountStore', accountStoreCases, open)
}
