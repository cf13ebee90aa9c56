import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from './parse-value.ts'

/** The data directory, made where it is missing, for its owner alone: it holds what visitors said. @throws ConfigError with a sentence for the operator. */
export function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : ''
    throw new ConfigError(
      `PARLOR_DATA_DIR is "${dataDir}": it cannot be made${reason}; write a folder this user may write to.`,
      { cause },
    )
  }
}

/** Where the SQLite store lies. */
export function storeFileIn(dataDir: string): string {
  return join(dataDir, 'parlor.sqlite')
}

export function hasStore(dataDir: string): boolean {
  return existsSync(storeFileIn(dataDir))
}
