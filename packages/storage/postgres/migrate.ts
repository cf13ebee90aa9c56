import { Client, type ClientBase } from 'pg'
import { type Migration, migrations } from './migrations/index.ts'
import { StoreRefused } from './store-refused.ts'

/** "Parl" in ASCII: the lock under which nodes that start at once bring the database up to date one after the other. */
const lock = 0x5061726c

/**
 * Brings the database to this version, all missing steps in one transaction, under a lock of ours.
 * @throws StoreRefused when it was written by a newer Parlor, or when a step fails: then nothing was changed.
 */
export async function migrate(
  url: string,
  place: string,
  now: number,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  // A connection of its own, without limits of time: a step may take as long as its rows need, and so may the node before us.
  const client = new Client({ connectionString: url, application_name: 'parlor' })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('BEGIN')
    await client.query(`SELECT pg_advisory_xact_lock(${lock})`)
    for (const step of await findMissing(client, place, steps)) await applyStep(client, place, step, now)
    await client.query('COMMIT')
  } catch (error) {
    if (error instanceof StoreRefused) throw error
    throw new StoreRefused('unusable', `${place} could not be brought to this version; nothing was changed.`, error)
  } finally {
    // What was not committed is rolled back with the connection.
    await client.end().catch(() => {})
  }
}

async function findMissing(
  client: ClientBase,
  place: string,
  steps: readonly Migration[],
): Promise<readonly Migration[]> {
  const { rows: known } = await client.query("SELECT to_regclass('migrations') IS NOT NULL AS ours")
  if (known[0]?.ours !== true) await makeLedger(client, place)
  const { rows: applied } = await client.query('SELECT number, name FROM migrations ORDER BY number')
  for (const [index, row] of applied.entries()) {
    const step = steps[index]
    if (step?.number === row.number && step?.name === row.name) continue
    throw new StoreRefused('newer', `${place} was written by a newer Parlor (step ${row.number}); start that version.`)
  }
  return steps.slice(applied.length)
}

async function makeLedger(client: ClientBase, place: string): Promise<void> {
  const { rows } = await client.query('SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = current_schema()')
  if (rows[0]?.n !== 0) throw new StoreRefused('not_a_store', `${place} holds something else; name an empty database.`)
  await client.query(`
    CREATE TABLE migrations (number integer PRIMARY KEY, name text NOT NULL, applied_at bigint NOT NULL)`)
}

async function applyStep(
  client: ClientBase,
  place: string,
  { number, name, sql }: Migration,
  now: number,
): Promise<void> {
  try {
    await client.query(sql)
    await client.query('INSERT INTO migrations (number, name, applied_at) VALUES ($1, $2, $3)', [number, name, now])
  } catch (cause) {
    const message = `${place} could not be brought to this version (step ${number}); nothing was changed.`
    throw new StoreRefused('unusable', message, cause)
  }
}
