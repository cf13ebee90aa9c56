import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, fixedClock } from '@parlor/core/time'
import { openSqliteStores, type SqliteStores } from '../index.ts'

/** Hands out the name of a file in a folder that is gone afterwards. */
export async function withFolder(work: (file: string) => unknown): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'parlor-store-'))
  try {
    await work(join(folder, 'parlor.db'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export function openFile(file: string, clock: Clock = fixedClock()): SqliteStores {
  return openSqliteStores({ file, clock })
}
