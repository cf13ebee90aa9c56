import { mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StorePlace, StoreTap } from './store-place.ts'

const preload = new URL('./break-store.mjs', import.meta.url).href

/** A fresh data folder, with SQLite in it. */
export async function openFilePlace(tap: StoreTap | null): Promise<StorePlace> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parlor-test-'))
  const broken = `${dataDir}.broken`
  return {
    kind: 'sqlite',
    env: { PARLOR_DATA_DIR: dataDir, ...(tap === 'breaks' && { PARLOR_TEST_BROKEN_STORE: broken }) },
    nodeArgs: tap === 'breaks' ? ['--import', preload] : [],
    secrets: [],
    readAll: async () => {
      const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n')
    },
    break: () => writeFileSync(broken, ''),
    mend: () => rmSync(broken, { force: true }),
    onceCommitted: (call) => {
      const watcher = watch(join(dataDir, 'parlor.sqlite-wal'), () => {
        call()
        watcher.close()
      })
    },
    remove: async () => {
      for (const path of [dataDir, broken]) rmSync(path, { recursive: true, force: true })
    },
  }
}
