import { Pool, type PoolClient, types } from 'pg'
import { tellCaller } from './postgres-error.ts'
import { StoreRefused } from './store-refused.ts'

/** How long the store waits for anything, in milliseconds. */
export interface Patience {
  /** For a connection, made or given back. */
  connectMs: number
  /** For one statement. */
  statementMs: number
  /** For a lock another transaction holds. */
  lockMs: number
  /** For any answer after that: then nobody is there, and the connection is given up. */
  silenceMs: number
  /** For this process between two statements of a transaction: a node that stands still lets go of its locks after that. */
  idleInTransactionMs: number
}

export const usualPatience: Patience = {
  connectMs: 5_000,
  statementMs: 10_000,
  lockMs: 5_000,
  silenceMs: 2_000,
  idleInTransactionMs: 2_000,
}

const oldest = 150_000

/**
 * Every statement of ours walks an index. A plan that was made while a table was small must not become a walk over all of it
 * once it is large, and compiling a statement takes longer than running it.
 */
const planning = { jit: 'off', enable_seqscan: 'off', enable_hashjoin: 'off', enable_mergejoin: 'off' } as const

const settings = `
  SELECT ${Object.entries(planning).map(([name, value]) => `set_config('${name}', '${value}', false)`)},
    current_setting('synchronous_commit') AS synchronous_commit, current_setting('fsync') AS fsync,
    current_setting('server_encoding') AS encoding, current_setting('server_version_num')::int AS version,
    pg_is_in_recovery() AS in_recovery`

const bigint = 20

/** A pool of connections, none open yet. @param most connections at once. */
export function openPool(url: string, most: number, patience: Patience): Pool {
  const pool = new Pool({
    connectionString: url,
    max: most,
    pipeline: true,
    keepAlive: true,
    idleTimeoutMillis: 300_000,
    connectionTimeoutMillis: patience.connectMs,
    statement_timeout: patience.statementMs,
    lock_timeout: patience.lockMs,
    idle_in_transaction_session_timeout: patience.idleInTransactionMs,
    query_timeout: patience.statementMs + patience.silenceMs,
    application_name: 'parlor',
    // Our numbers are times and counts, far below 2^53.
    types: { getTypeParser: (oid, format) => (oid === bigint ? Number : types.getTypeParser(oid, format)) },
    onConnect: prepareConnection,
  } as ConstructorParameters<typeof Pool>[0])
  // A connection that breaks while nothing is asked of it is left out of the pool; whoever needs one gets another.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Each connection by itself, since what a role or a database sets may change while we run. */
async function prepareConnection(client: PoolClient | Pick<PoolClient, 'query'>): Promise<void> {
  const { rows } = await client.query(settings)
  const wrong = faultOf(rows[0])
  if (wrong !== null) throw wrong
}

/** @throws StoreRefused when it cannot be reached, or would lose what it acknowledged. */
export async function assertUsable(pool: Pool, place: string): Promise<void> {
  try {
    const client = await pool.connect()
    client.release()
  } catch (error) {
    if (error instanceof StoreRefused) throw error
    throw new StoreRefused(
      'unusable',
      `${place} cannot be used; check DATABASE_URL and that Postgres runs.`,
      tellCaller(error),
    )
  }
}

function faultOf(found: Record<string, unknown>): StoreRefused | null {
  const lost = (name: string) =>
    new StoreRefused('not_durable', `Postgres has ${name} off and would lose what it acknowledged; switch it on.`)
  if (found.fsync !== 'on') return lost('fsync')
  if (found.synchronous_commit === 'off') return lost('synchronous_commit')
  if (found.in_recovery === true)
    return new StoreRefused('unusable', 'Postgres stands by for another; name the primary.')
  if (found.encoding !== 'UTF8') {
    return new StoreRefused('unusable', `The database is in ${found.encoding}; make one with the encoding UTF8.`)
  }
  if (Number(found.version) < oldest)
    return new StoreRefused('unusable', 'Postgres is older than 15; install a newer one.')
  return null
}

/** The database without its password, for sentences. */
export function describePlace(url: string): string {
  try {
    const { hostname, port, pathname, searchParams } = new URL(url)
    return `The database ${pathname.slice(1)} at ${searchParams.get('host') ?? hostname}${port && `:${port}`}`
  } catch {
    return 'The database in DATABASE_URL'
  }
}
