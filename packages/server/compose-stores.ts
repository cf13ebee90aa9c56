import { ParlorError } from '@parlor/core/errors'
import type { NodeStore } from '@parlor/core/node'
import type { PostgresStores } from '@parlor/storage/postgres'
import { openSqliteStores, type SqliteStores } from '@parlor/storage/sqlite'
import type { Config } from './config/config.ts'
import { makeDataDir, storeFileIn } from './config/data-dir.ts'
import { clockOfStore } from './nodes/index.ts'

/** What either store offers. */
export type Stores = Omit<SqliteStores, 'close'> & Omit<Pick<PostgresStores, keyof SqliteStores>, 'close'>

export interface OpenedStores {
  stores: Stores
  /** What nodes know of each other; null where one process alone may open the store. */
  nodes: NodeStore | null
  /** Runs `work` while no other node runs its own: what is made once is then made once. */
  alone<T>(work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** The file in the data directory, or the database that is named. @throws Error with a sentence for the operator. */
export async function openStores({ store }: Config): Promise<OpenedStores> {
  if (store.databaseUrl !== null) return openDatabase(store.databaseUrl)
  makeDataDir(store.dataDir)
  const stores = openSqliteStores({ file: storeFileIn(store.dataDir), clock: { now: Date.now } })
  return { stores, nodes: null, alone: (work) => work(), close: stores.close }
}

/** Its driver is loaded only where it is used. */
async function openDatabase(url: string): Promise<OpenedStores> {
  const { openPostgresStores, postgresNodeStore } = await import('@parlor/storage/postgres')
  const own = postgresNodeStore(url)
  try {
    const { nodes, clock } = await clockOfStore(own)
    const stores = await openPostgresStores({ url, clock })
    const close = async () => {
      await stores.close()
      await own.close()
    }
    return { stores, nodes, alone: own.alone, close }
  } catch (error) {
    await own.close()
    throw error instanceof ParlorError && error.code === 'unavailable' ? notReached(error) : error
  }
}

/** What a start says where a request is told to try again. */
function notReached(cause: ParlorError): Error {
  const message = 'DATABASE_URL cannot be used: check the address and the password, and that Postgres runs.'
  return new Error(message, { cause })
}
