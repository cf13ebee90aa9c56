import type { AccountStore } from '@parlor/core/account'
import type { Access } from './access.ts'
import { fromAccount, fromKey, fromProject, toAccount, toKey, toProject } from './account-rows.ts'
import { keyOwnerFinder } from './find-key-owner.ts'
import type { ProjectRow } from './tables.ts'

const findProjects = { name: 'find-projects', text: 'SELECT * FROM projects WHERE id = ANY ($1::text[])' }

/** Accounts, projects and keys in Postgres. Lists come in the order of their making. */
export function postgresAccountStore(access: Access): AccountStore {
  const { sql, all, first, run } = access
  const accounts = sql.selectFrom('accounts').selectAll()
  const projects = sql.selectFrom('projects').selectAll()
  const keys = sql.selectFrom('keys').selectAll()
  const findKeyOwner = keyOwnerFinder(access)
  const findProject = access.finder<ProjectRow>(findProjects, ({ id }) => id)
  return {
    insertAccount: async (account) => void (await run(sql.insertInto('accounts').values(fromAccount(account)))),
    findAccount: async (id) => mapped(await first(accounts.where('id', '=', id)), toAccount),
    findAccountByName: async (name) =>
      mapped(
        await first(accounts.where((row) => row(row.fn('md5', ['name']), '=', row.fn('md5', [row.val(name)])))),
        toAccount,
      ),
    listAccounts: async () => (await all(accounts.orderBy('position'))).map(toAccount),
    updateAccount: async (account) => {
      const { id, created_at: _, ...changed } = fromAccount(account)
      return (await run(sql.updateTable('accounts').set(changed).where('id', '=', id))) > 0
    },

    insertProject: async (project) => void (await run(sql.insertInto('projects').values(fromProject(project)))),
    findProject: async (id) => mapped(await findProject(id), toProject),
    findProjectBySlug: async (accountId, slug) =>
      mapped(await first(projects.where('account_id', '=', accountId).where('slug', '=', slug)), toProject),
    listProjects: async (accountId) =>
      (await all(projects.where('account_id', '=', accountId).orderBy('position'))).map(toProject),
    updateProject: async (project) => {
      const { id, account_id: owner, created_at: _, ...changed } = fromProject(project)
      const update = sql.updateTable('projects').set(changed).where('id', '=', id).where('account_id', '=', owner)
      return (await run(update)) > 0
    },

    insertKey: async (key) => void (await run(sql.insertInto('keys').values(fromKey(key)))),
    findKeyByDigest: findKeyOwner,
    listKeys: async (accountId) => (await all(keys.where('account_id', '=', accountId).orderBy('position'))).map(toKey),
    disableKey: async (accountId, keyId, at) => {
      const update = sql
        .updateTable('keys')
        // Disabled once: the first time stays.
        .set((row) => ({ disabled_at: row.fn.coalesce('disabled_at', row.val(at)) }))
        .where('id', '=', keyId)
        .where('account_id', '=', accountId)
      return (await run(update)) > 0
    },
    hasKeys: async () =>
      (await first(sql.selectFrom('keys').select('id').where('kind', '=', 'secret').limit(1))) !== null,
  }
}

function mapped<Row, T>(row: Row | null, map: (row: Row) => T): T | null {
  return row === null ? null : map(row)
}
