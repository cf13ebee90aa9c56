import type { Agent, AgentShelf, AgentStore, Avatar, Brain, Shelf, Visibility, Voice } from '@parlor/core/agent'
import type { Access, Statement } from './access.ts'
import { readUsage } from './agent-usage.ts'
import type { ThingRow } from './tables.ts'

type Table = 'agents' | 'avatars' | 'voices' | 'brains'

interface Thing {
  id: string
  accountId: string | null
  name: string
  createdAt: number
  archivedAt: number | null
}

const findNewest: Statement = {
  name: 'find-newest-agent',
  text: `
    SELECT * FROM agents WHERE project_id = $1 AND archived_at IS NULL ORDER BY created_at DESC, id DESC LIMIT 1`,
}

/** Agents and what they are made of, in Postgres. */
export function postgresAgentStore(access: Access): AgentStore {
  return {
    agents: agentShelf(access),
    avatars: shelf<Avatar>(access, 'avatars'),
    voices: shelf<Voice>(access, 'voices'),
    brains: shelf<Brain>(access, 'brains'),
    readUsage: (agentIds) => readUsage(access, agentIds),
  }
}

function agentShelf(access: Access): AgentShelf {
  const { sql, run, ask } = access
  return {
    ...shelf<Agent>(access, 'agents'),
    insert: async (agent) =>
      void (await run(sql.insertInto('agents').values({ ...toRow(agent), project_id: agent.projectId }))),
    findNewest: async (projectId) => {
      const [row] = await ask<ThingRow>(findNewest, [projectId])
      return row === undefined ? null : fromRow<Agent>(row)
    },
  }
}

function shelf<T extends Thing>({ sql, finder, all, first, run }: Access, table: Table): Shelf<T> {
  // A session cannot be made without finding its agent first.
  const text = `SELECT * FROM ${table} WHERE id = ANY ($1::text[])`
  const find = finder<ThingRow>({ name: `find-${table}`, text }, ({ id }) => id)
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
    insert: async (item) =>
      void (await run(sql.insertInto(table).values(toRow(item) as ThingRow & { project_id: string }))),
    find: async (id) => {
      const row = await find(id)
      return row === null ? null : fromRow<T>(row)
    },
    list: async (accountId, visibility, page) => {
      const chosen = seen(accountId, visibility)
      const rows = chosen.selectAll().orderBy('created_at', 'desc').orderBy('position', 'desc')
      const [items, counted] = await Promise.all([
        all(rows.limit(page.limit).offset(page.offset)),
        first(chosen.select((row) => row.fn.countAll<number>().as('total'))),
      ])
      return { items: items.map(fromRow<T>), total: counted?.total ?? 0 }
    },
    archive: async (accountId, id, at) => {
      const update = sql
        .updateTable(table)
        // Archived once: the first time stays.
        .set((row) => ({ archived_at: row.fn.coalesce('archived_at', row.val(at)) }))
        .where('id', '=', id)
        .where('account_id', '=', accountId)
      return (await run(update)) > 0
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
