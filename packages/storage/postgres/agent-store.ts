import type {
  Agent,
  AgentShelf,
  AgentStore,
  Avatar,
  Brain,
  PartFilter,
  Provenance,
  Shelf,
  Visibility,
  Voice,
} from '@parlor/core/agent'
import type { ExpressionBuilder } from 'kysely'
import type { Access, Statement } from './access.ts'
import { readUsage } from './agent-usage.ts'
import { postgresPictureStore } from './picture-store.ts'
import type { Tables, ThingRow } from './tables.ts'

type Table = 'agents' | 'avatars' | 'voices' | 'brains'

interface Thing extends Pick<Provenance, 'madeAs' | 'client'> {
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
    pictures: postgresPictureStore(access),
  }
}

function agentShelf(access: Access): AgentShelf {
  return {
    ...shelf<Agent>(access, 'agents', (agent) => ({ ...toRow(agent), project_id: agent.projectId })),
    findNewest: async (projectId) => {
      const [row] = await access.ask<ThingRow>(findNewest, [projectId])
      return row === undefined ? null : fromRow<Agent>(row)
    },
  }
}

/** @param stored what a row of the table holds of a thing; agents have a column more. */
function shelf<T extends Thing>(
  { sql, finder, all, first, run }: Access,
  table: Table,
  stored: (item: T) => ThingRow & { project_id?: string } = toRow,
): Shelf<T> {
  // A session cannot be made without finding its agent first.
  const text = `SELECT * FROM ${table} WHERE id = ANY ($1::text[])`
  const find = finder<ThingRow>({ name: `find-${table}`, text }, ({ id }) => id)
  const seen = (accountId: string, visibility: Visibility, { madeAs, client }: PartFilter) =>
    sql
      .selectFrom(table)
      .where('archived_at', 'is', null)
      .where((row) => {
        const own = row('account_id', '=', accountId)
        const installed = row('account_id', 'is', null)
        if (visibility === 'all') return row.or([own, installed])
        return visibility === 'public' ? installed : own
      })
      .where((row) => row.and([...isText(row, 'made_as', madeAs), ...isText(row, 'client', client)]))
  return {
    insert: async (item) =>
      void (await run(sql.insertInto(table).values(stored(item) as ThingRow & { project_id: string }))),
    find: async (id) => {
      const row = await find(id)
      return row === null ? null : fromRow<T>(row)
    },
    list: async (accountId, visibility, page, filter = {}) => {
      const chosen = seen(accountId, visibility, filter)
      const rows = chosen.selectAll().orderBy('created_at', 'desc').orderBy('position', 'desc')
      const [items, counted] = await Promise.all([
        all(rows.limit(page.limit).offset(page.offset)),
        first(chosen.select((row) => row.fn.countAll<number>().as('total'))),
      ])
      return { items: items.map(fromRow<T>), total: counted?.total ?? 0 }
    },
    update: async (item) => {
      const { id, account_id: owner, created_at: _, archived_at: __, ...changed } = stored(item)
      const update = sql
        .updateTable(table)
        .set(changed)
        .where('id', '=', id)
        .where('account_id', '=', owner)
        .where('archived_at', 'is', null)
      return (await run(update)) > 0
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

/** That a column holds a text; nothing where none is asked for. Its MD5 is what the index has: an entry holds less than 3 KB. */
function isText(row: ExpressionBuilder<Tables, Table>, column: 'made_as' | 'client', text: string | undefined) {
  if (text === undefined) return []
  return [row(row.fn('md5', [column]), '=', row.fn('md5', [row.val(text)])), row(column, '=', text)]
}

function toRow({ id, accountId, name, createdAt, archivedAt, ...facts }: Thing): ThingRow {
  return {
    id,
    account_id: accountId,
    name,
    facts: JSON.stringify(facts),
    made_as: facts.madeAs ?? null,
    client: facts.client ?? null,
    created_at: createdAt,
    archived_at: archivedAt,
  }
}

function fromRow<T extends Thing>(row: ThingRow): T {
  const { id, account_id: accountId, name, created_at: createdAt, archived_at: archivedAt } = row
  // What `toRow` took apart; the rest of T stands in `facts`.
  return { ...JSON.parse(row.facts), id, accountId, name, createdAt, archivedAt } as T
}
