import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { borrowDatabase, returnDatabase } from '@parlor/storage/postgres/testing'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Over which store a house stands; a file where the test run does not say. */
    houseStore: 'postgres'
  }
}

/** Where a house keeps what it has. */
export interface HousePlace {
  /** The settings that lead there. */
  env: Record<string, string>
  leave(): Promise<void>
}

/** An empty one, of the store this test run is for. */
export async function findPlace(): Promise<HousePlace> {
  return inject('houseStore') === 'postgres' ? inDatabase() : inFile()
}

function inFile(): HousePlace {
  const dataDir = mkdtempSync(join(tmpdir(), 'parlor-admission-'))
  return { env: { PARLOR_DATA_DIR: dataDir }, leave: async () => rmSync(dataDir, { recursive: true, force: true }) }
}

async function inDatabase(): Promise<HousePlace> {
  const url = await borrowDatabase()
  return { env: { DATABASE_URL: url, PARLOR_SECRET: 's'.repeat(40) }, leave: () => returnDatabase(url) }
}
