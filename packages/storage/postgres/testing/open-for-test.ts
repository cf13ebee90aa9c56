import { fixedClock } from '@parlor/core/time'
import type { Opened } from '../../contract/index.ts'
import { openPostgresStores } from '../index.ts'
import { makeDatabase } from './test-database.ts'

/** Empty stores in a database of their own, which is gone when they are closed. */
export async function openForTest(): Promise<Opened> {
  const database = await makeDatabase()
  const clock = fixedClock()
  const stores = await openPostgresStores({ url: database.url, clock }).catch(async (error: unknown) => {
    await database.drop()
    throw error
  })
  return {
    stores,
    clock,
    close: async () => {
      await stores.close()
      await database.drop()
    },
  }
}
