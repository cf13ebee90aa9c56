import { fixedClock } from '@parlor/core/time'
import type { Opened } from '../../contract/index.ts'
import { openPostgresStores, type PostgresStores } from '../index.ts'
import { borrowDatabase, returnDatabase } from './test-database.ts'

/** Empty stores in a database that nobody else uses meanwhile. */
export async function openForTest(): Promise<Opened & { stores: PostgresStores; url: string }> {
  const url = await borrowDatabase()
  const clock = fixedClock()
  const stores = await openPostgresStores({ url, clock })
  return {
    url,
    stores,
    clock,
    close: async () => {
      await stores.close()
      await returnDatabase(url)
    },
  }
}
