import type { AccountStore, KeyOwner, Project } from '@parlor/core/account'
import type { Access } from './access.ts'
import { fromAccount, fromKey, fromProject, toAccount, toKey, toProject } from './account-rows.ts'
import { keyOwnerFinder } from './find-key-owner.ts'
import { remember } from './remember.ts'

/** Accounts, projects and keys in SQLite. Lists come in the order of their making. */
export function sqliteAccountStore(access: Access): AccountStore {
  const { sql, read, write, all, first, run } = access
  const accounts = sql.selectFrom('accounts').selectAll()
  const projects = sql.selectFrom('projects').selectAll()
  const keys = sql.selectFrom('keys').selectAll()
  const findKeyOwner = keyOwnerFinder(access.db)
  const owners = remember<KeyOwner>(access.db)
  const knownProjects = remember<Project>(access.db)
  return {
    insertAccount: (account) => write(() => void run(sql.insertInto('accounts').values(fromAccount(account)))),
    findAccount: (id) => read(() => mapped(first(accounts.where('id', '=', id)), toAccount)),
    findAccountByName: (name) =>
      read(() => mapped(first(accounts.where('name', '=', name).orderBy('position').limit(1)), toAccount)),
    listAccounts: () => read(() => all(accounts.orderBy('position')).map(toAccount)),
    updateAccount: (account) => {
      const { id, created_at: _, ...changed } = fromAccount(account)
      return write(() => {
        owners.forget()
        return run(sql.updateTable('accounts').set(changed).where('id', '=', id)) > 0
      })
    },

    insertProject: (project) => write(() => void run(sql.insertInto('projects').values(fromProject(project)))),
    findProject: (id) =>
      read(() => knownProjects.recall(id, () => mapped(first(projects.where('id', '=', id)), toProject))),
    findProjectBySlug: (accountId, slug) =>
      read(() => mapped(first(projects.where('account_id', '=', accountId).where('slug', '=', slug)), toProject)),
    listProjects: (accountId) =>
      read(() => all(projects.where('account_id', '=', accountId).orderBy('position')).map(toProject)),
    updateProject: (project) => {
      const { id, account_id: owner, created_at: _, ...changed } = fromProject(project)
      const update = sql.updateTable('projects').set(changed).where('id', '=', id).where('account_id', '=', owner)
      return write(() => {
        knownProjects.forget()
        return run(update) > 0
      })
    },

    insertKey: (key) => write(() => void run(sql.insertInto('keys').values(fromKey(key)))),
    findKeyByDigest: (digest) => read(() => owners.recall(digest, () => findKeyOwner(digest))),
    listKeys: (accountId) => read(() => all(keys.where('account_id', '=', accountId).orderBy('position')).map(toKey)),
    disableKey: (accountId, keyId, at) => {
      const update = sql
        .updateTable('keys')
        // Disabled once: the first time stays.
        .set((row) => ({ disabled_at: row.fn.coalesce('disabled_at', row.val(at)) }))
        .where('id', '=', keyId)
        .where('account_id', '=', accountId)
      return write(() => {
        owners.forget()
        return run(update) > 0
      })
    },
    hasKeys: () =>
      read(() => first(sql.selectFrom('keys').select('id').where('kind', '=', 'secret').limit(1)) !== null),
  }
}

function mapped<Row, T>(row: Row | null, map: (row: Row) => T): T | null {
  return row === null ? null : map(row)
}
