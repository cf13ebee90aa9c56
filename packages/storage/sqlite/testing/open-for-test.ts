import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixedClock } from '@parlor/core/time'
import type { Opened } from '../../contract/index.ts'
import { openFile } from './store-file.ts'

/** Empty stores in a file of their own, which is gone when they are closed. */
export async function openForTest(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'parlor-store-'))
  const clock = fixedClock()
  const stores = openFile(join(folder, 'parlor.db'), clock)
  return {
    stores,
    clock,
    close: async () => {
      await stores.close()
      rmSync(folder, { recursive: true })
    },
  }
}
