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
import type { Access } from './access.ts'
import type { UsageSums } from './agent-usage.ts'
import { sqlitePictureStore } from './picture-store.ts'
import { remember } from './remember.ts'
import type { ThingRow } from './tables.ts'

type Table = 'agents' | 'avatars' | 'voices' | 'brains'

interface Thing extends Pick<Provenance, 'madeAs' | 'client'> {
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
    pictures: sqlitePictureStore(access),
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
      .$if(madeAs !== undefined, (rows) => rows.where('made_as', '=', madeAs ?? null))
      .$if(client !== undefined, (rows) => rows.where('client', '=', client ?? null))
  return {
    insert: (item) => write(() => void run(sql.insertInto(table).values(toRow(item)))),
    find: (id) =>
      read(() =>
        known.recall(id, () => {
          const row = find.get(id) as unknown as ThingRow | undefined
          return row === undefined ? null : fromRow<T>(row)
        }),
      ),
    list: (accountId, visibility, page, filter = {}) =>
      read(() => {
        const chosen = seen(accountId, visibility, filter)
        const rows = chosen.selectAll().orderBy('created_at', 'desc').orderBy('position', 'desc')
        const total = first(chosen.select((row) => row.fn.countAll<number>().as('total')))?.total ?? 0
        return { items: all(rows.limit(page.limit).offset(page.offset)).map(fromRow<T>), total }
      }),
    update: (item) => {
      const { id, account_id: owner, created_at: _, archived_at: __, ...changed } = toRow(item)
      const update = sql
        .updateTable(table)
        .set(changed)
        .where('id', '=', id)
        .where('account_id', '=', owner)
        .where('archived_at', 'is', null)
      return write(() => {
        known.forget()
        return run(update) > 0
      })
    },
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
