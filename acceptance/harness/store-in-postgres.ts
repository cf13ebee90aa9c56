import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { newDatabase } from './own-postgres.ts'
import type { OpenPlace, StorePlace } from './store-place.ts'
import { type StoreRelay, startStoreRelay } from './store-relay.ts'

/** Makes fresh databases in the Postgres all tests of a run share. @param keeper see {@link newDatabase}. */
export function databasesOf(keeper: string): OpenPlace {
  return async (tap) => {
    const url = await newDatabase(keeper)
    const { hostname, port } = new URL(url)
    // Only who taps the wire goes through one of ours: it costs time.
    const relay = tap === null ? null : await startStoreRelay(Number(port || 5432), hostname)
    return placeIn(url, relay)
  }
}

function placeIn(url: string, relay: StoreRelay | null): StorePlace {
  const secret = randomBytes(32).toString('hex')
  const { password } = new URL(url)
  const way =
    relay === null ? url : Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(relay.port) }).href
  const tapped = (): StoreRelay => {
    if (relay === null) throw new Error('Start this server with a tap on its store.')
    return relay
  }
  return {
    kind: 'postgres',
    env: { DATABASE_URL: way, PARLOR_SECRET: secret },
    nodeArgs: [],
    secrets: password === '' ? [secret] : [secret, password],
    readAll: () => readTables(url),
    break: () => tapped().cut(),
    mend: () => tapped().mend(),
    onceCommitted: (call) => {
      // The server has not heard of it yet, and never will.
      void tapped()
        .swallowAfter('COMMIT')
        .then(() => {
          call()
          tapped().mend()
        })
    },
    remove: async () => relay?.close(),
  }
}

async function readTables(url: string): Promise<string> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const tables = await client.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    const texts: string[] = []
    for (const { tablename } of tables.rows) {
      const { rows } = await client.query(`SELECT each::text AS row FROM ${client.escapeIdentifier(tablename)} AS each`)
      texts.push(...rows.map(({ row }) => withBytes(String(row))))
    }
    return texts.join('\n')
  } finally {
    await client.end()
  }
}

/** Bytes are printed as hex; what they say has to be found as well. */
function withBytes(row: string): string {
  return row + [...row.matchAll(/\\x([0-9a-f]+)/g)].map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1'))
}
