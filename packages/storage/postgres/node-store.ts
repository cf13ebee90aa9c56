import type { Ending, NodeNews, NodeRow, NodeStore } from '@parlor/core/node'
import { Client, type Pool } from 'pg'
import { openPool, type Patience } from './open-database.ts'
import { withOddIds } from './pack-id.ts'
import { tellCaller } from './postgres-error.ts'
import { sendInBatches } from './send-in-batches.ts'
import { shareReads } from './share-reads.ts'

const channel = 'parlor_nodes'
/** A renewal that takes longer than its lease is worth nothing, so nobody waits for one. */
const patience: Patience = {
  connectMs: 1_000,
  statementMs: 1_000,
  lockMs: 1_000,
  silenceMs: 500,
  idleInTransactionMs: 1_000,
}
const listenAgainMs = 250

/** A row that was not renewed for a day belongs to no process any more. */
const renew = `
  INSERT INTO nodes AS known (node_id, renewal, applied, skew_ms, renewed_at) VALUES ($1, 1, $2, $3, clock_timestamp())
  ON CONFLICT (node_id) DO UPDATE SET renewal = known.renewal + 1, applied = greatest(known.applied, excluded.applied),
    skew_ms = excluded.skew_ms, renewed_at = excluded.renewed_at
  RETURNING extract(epoch FROM clock_timestamp()) * 1000 AS now`
const mark = 'UPDATE nodes SET applied = greatest(applied, $2) WHERE node_id = $1'
const list = 'SELECT node_id, renewal, applied, skew_ms FROM nodes ORDER BY node_id'
const forget = 'DELETE FROM nodes WHERE node_id = $1'
const forgetOld = "DELETE FROM nodes WHERE renewed_at < clock_timestamp() - interval '1 day'"
const endingsAfter = `
  SELECT event.ending, event.session, session.reason, session.odd FROM session_events event
  JOIN sessions session ON session.id = event.session
  WHERE event.ending > $1 ORDER BY event.ending LIMIT $2`
const last = 'SELECT last FROM ending_count'

/** What nodes know of each other, in Postgres, over connections of its own: a busy store must not cost a lease. */
export interface PostgresNodeStore extends NodeStore {
  /** The store's time, in milliseconds since 1970; needs no table. */
  readTime(): Promise<number>
  /** Runs `work` while no other node runs its own. */
  alone<T>(work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

export function postgresNodeStore(url: string): PostgresNodeStore {
  // The lease has connections that nothing else can keep busy: many visitors who come or sessions that end at once must not cost it.
  const pools = [2, 1, 1].map((most) => openPool(url, most, patience))
  const [forLease, ask, forNews] = pools.map(asker) as [Ask, Ask, Ask]
  const tell = sendInBatches(async (news) => {
    await forNews('SELECT pg_notify($1, news) FROM unnest($2::text[]) AS news', [channel, news])
  })
  const listNodes = shareReads(() =>
    ask<{ node_id: string; renewal: number; applied: number; skew_ms: number }>(list, []),
  )
  const lastEnding = shareReads(() => ask<{ last: number }>(last, []))
  const listeners = new Set<() => Promise<void>>()
  return {
    async renewLease({ nodeId, applied, skewMs }) {
      const [row] = await forLease<{ now: string }>(renew, [nodeId, applied, skewMs])
      return Number(row?.now)
    },
    async markApplied(nodeId, applied) {
      await forLease(mark, [nodeId, applied])
    },
    async listNodes() {
      return (await listNodes()).map(
        ({ node_id: nodeId, renewal, applied, skew_ms: skewMs }): NodeRow => ({ nodeId, renewal, applied, skewMs }),
      )
    },
    async forgetNode(nodeId) {
      await ask(forget, [nodeId])
      await ask(forgetOld, [])
    },
    async listEndings(after, limit) {
      const rows = await forLease<{ ending: number; session: string; reason: Ending['reason']; odd: string | null }>(
        endingsAfter,
        [after, limit],
      )
      return rows.map(({ ending: number, session, odd, reason }) => ({
        number,
        sessionId: withOddIds({ id: session }, odd).id,
        reason,
      }))
    },
    async lastEnding() {
      const [row] = await lastEnding()
      return row?.last ?? 0
    },
    announce: (news) => tell(JSON.stringify(news)),
    async listen(hear) {
      const stop = await listenFor(url, hear)
      listeners.add(stop)
      return async () => {
        listeners.delete(stop)
        await stop()
      }
    },
    async readTime() {
      const [row] = await ask<{ now: string }>('SELECT extract(epoch FROM clock_timestamp()) * 1000 AS now', [])
      return Number(row?.now)
    },
    alone: (work) => alone(url, work),
    async close() {
      await Promise.all([...listeners].map((stop) => stop()))
      await Promise.all(pools.map((pool) => pool.end()))
    },
  }
}

/** "Seed" in ASCII: the lock under which nodes that start at once make what an installation has once. */
const seedLock = 0x53656564

async function alone<T>(url: string, work: () => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'parlor start' })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(`SELECT pg_advisory_lock(${seedLock})`)
    return await work()
  } finally {
    // The lock goes with its connection.
    await client.end()
  }
}

type Ask = <Row>(text: string, values: readonly (string | number | readonly string[])[]) => Promise<Row[]>

function asker(pool: Pool): Ask {
  return async <Row>(text: string, values: Parameters<Ask>[1]): Promise<Row[]> => {
    try {
      return (await pool.query(text, [...values])).rows as Row[]
    } catch (error) {
      throw tellCaller(error)
    }
  }
}

/** Listens on a connection of its own, and on another one when that breaks: what was missed in between is read from the store. */
async function listenFor(url: string, hear: (news: NodeNews) => void): Promise<() => Promise<void>> {
  let client: Client | null = null
  let retry: NodeJS.Timeout | undefined
  let isOver = false

  const connect = async (): Promise<void> => {
    const next = new Client({
      connectionString: url,
      connectionTimeoutMillis: 1_000,
      keepAlive: true,
      application_name: 'parlor news',
    })
    next.on('error', () => {})
    next.on('end', () => {
      if (client === next) again()
    })
    next.on('notification', ({ payload }) => {
      const news = read(payload)
      if (news !== null && !isOver) hear(news)
    })
    await next.connect()
    await next.query(`LISTEN ${channel}`)
    client = next
    if (isOver) await next.end()
    // Whatever was announced meanwhile was missed.
    else hear({ type: 'ending' })
  }
  const again = (): void => {
    client = null
    if (isOver) return
    retry = setTimeout(() => connect().catch(again), listenAgainMs)
  }

  await connect().catch(again)
  return async () => {
    isOver = true
    clearTimeout(retry)
    const last = client
    client = null
    await last?.end()
  }
}

function read(payload: string | undefined): NodeNews | null {
  try {
    const news = JSON.parse(payload ?? '') as NodeNews
    return ['ending', 'applied', 'seats', 'visitor'].includes(news.type) ? news : null
  } catch {
    return null
  }
}
