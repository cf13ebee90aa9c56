import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { sharedPostgres } from './ask-keeper.ts'

/** An empty database of a test's own. */
export interface TestDatabase {
  url: string
  /** Sends SQL of any kind, past the store. */
  run(sql: string): Promise<Record<string, unknown>[]>
  drop(): Promise<void>
}

/** @param server where it is made; the run's shared Postgres unless told. */
export async function makeDatabase(server?: string): Promise<TestDatabase> {
  const address = server ?? (await sharedPostgres())
  const name = `parlor_test_${randomBytes(8).toString('hex')}`
  await command(address, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`)
  const url = Object.assign(new URL(address), { pathname: name }).href
  return {
    url,
    run: (sql) => command(url, sql),
    drop: async () => void (await command(address, `DROP DATABASE ${name} WITH (FORCE)`)),
  }
}

async function command(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(sql)
    return rows
  } finally {
    await client.end()
  }
}
