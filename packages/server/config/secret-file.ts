import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasStore, makeDataDir } from './data-dir.ts'
import { ConfigError } from './parse-value.ts'

/** The installation's secret: the one set, else the one in the data directory, which is made readable to its owner alone. */
export function loadSecret(dataDir: string, configured: string | null): { secret: string; madeFile: string | null } {
  if (configured !== null) return { secret: configured, madeFile: null }
  makeDataDir(dataDir)
  const file = join(dataDir, 'secret')
  try {
    const secret = readFileSync(file, 'utf8').trim()
    if (secret.length >= 32) return { secret, madeFile: null }
    throw new ConfigError(`PARLOR_SECRET is not set and the file ${file} holds no secret: restore it from a backup.`)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  // A new one would open nothing of what lies there, and stand where the right one must be put back.
  if (hasStore(dataDir))
    throw new ConfigError(`PARLOR_SECRET is not set and the file ${file} is gone: restore it from a backup.`)
  const secret = randomBytes(32).toString('hex')
  writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx', flush: true })
  return { secret, madeFile: file }
}
