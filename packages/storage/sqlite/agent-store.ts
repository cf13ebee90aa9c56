import type { Agent, AgentShelf, AgentStore, Avatar, Brain, Shelf, Visibility, Voice } from '@parlor/core/agent'
import type { Access } from './access.ts'
import type { UsageSums } from './agent-usage.ts'
import { remember } from './remember.ts'
import type { ThingRow } from './tables.ts'

type Table = 'agents' | 'avatars' | 'voices' | 'brains'

interface Thing {
  id: string
  accountId: string | null
  name: string
  createdAt: number
  archivedAt: number | null
}

/** Agents and what they are made of, in SQLite. */
export function sqliteAgentStore(access: Access, usage: UsageSums): AgentStore {
  return {
    agents: agentShelf(access),
    avatars: shelf<Avatar>(access, 'avatars'),
    voices: shelf<Voice>(access, 'voices'),
    brains: shelf<Brain>(access, 'brains'),
    readUsage: (agentIds) => access.read(() => agentIds.map(usage.read)),
  }
}

function agentShelf(access: Access): AgentShelf {
  // Spelled as its index is.
  const findNewest = access.db.prepare(`
    SELECT * FROM agents WHERE facts ->> 'projectId' = ? AND archived_at IS NULL
    ORDER BY created_at DESC, id DESC LIMIT 1`)
  return {
    ...shelf<Agent>(access, 'agents'),
    findNewest: (projectId) =>
      access.read(() => {
        const row = findNewest.get(projectId) as unknown as ThingRow | undefined
        return row === undefined ? null : fromRow<Agent>(row)
      }),
  }
}

function shelf<T extends Thing>({ db, sql, read, write, all, first, run }: Access, table: Table): Shelf<T> {
  // A session cannot be made without finding its agent first.
  const find = db.prepare(`SELECT * FROM ${table} WHERE id = ?`)
  const known = remember<T>(db)
  const seen = (accountId: string, visibility: Visibility) =>
    sql
      .selectFrom(table)
      .where('archived_at', 'is', null)
      .where((row) => {
        const own = row('account_id', '=', accountId)
        const installed = row('account_id', 'is', null)
        if (visibility === 'all') return row.or([own, installed])
        return visibility === 'public' ? installed : own
      })
  return {
    insert: (item) => write(() => void run(sql.insertInto(table).values(toRow(item)))),
    find: (id) =>
      read(() =>
        known.recall(id, () => {
          const row = find.get(id) as unknown as ThingRow | undefined
          return row === undefined ? null : fromRow<T>(row)
        }),
      ),
    list: (accountId, visibility, page) =>
      read(() => {
        const chosen = seen(accountId, visibility)
        const rows = chosen.selectAll().orderBy('created_at', 'desc').orderBy('position', 'desc')
        const total = first(chosen.select((row) => row.fn.countAll<number>().as('total')))?.total ?? 0
        return { items: all(rows.limit(page.limit).offset(page.offset)).map(fromRow<T>), total }
      }),
    archive: (accountId, id, at) => {
      const update = sql
        .updateTable(table)
        // Archived once: the first time stays.
        .set((row) => ({ archived_at: row.fn.coalesce('archived_at', row.val(at)) }))
        .where('id', '=', id)
        .where('account_id', '=', accountId)
      return write(() => {
        known.forget()
        return run(update) > 0
      })
    },
  }
}

function toRow({ id, accountId, name, createdAt, archivedAt, ...facts }: Thing): ThingRow {
  return {
    id,
    account_id: accountId,
    name,
    facts: JSON.stringify(facts),
    created_at: createdAt,
    archived_at: archivedAt,
  }
}

function fromRow<T extends Thing>(row: ThingRow): T {
  const { id, account_id: accountId, name, created_at: createdAt, archived_at: archivedAt } = row
  // What `toRow` took apart; the rest of T stands in `facts`.
  return { ...JSON.parse(row.facts), id, accountId, name, createdAt, archivedAt } as T
}
