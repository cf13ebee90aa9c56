import { DatabaseSync } from 'node:sqlite'
import { resultCodeOf, resultCodes } from './sqlite-error.ts'
import { StoreRefused } from './store-refused.ts'

/** "Parl" in ASCII: marks the file as ours. */
const applicationId = 0x5061726c

/** What must be true of the connection for "nothing acknowledged is lost" to hold. */
const promised = { locking_mode: 'exclusive', journal_mode: 'wal', synchronous: 2, foreign_keys: 1 } as const

/** Mapped, a page that is not in the cache costs no call: with a million sessions a read is a third faster. */
const settings = `
  PRAGMA synchronous = FULL;
  PRAGMA cache_size = -65536;
  PRAGMA mmap_size = 4294967296;
  PRAGMA temp_store = MEMORY;
  PRAGMA trusted_schema = OFF;
  PRAGMA wal_autocheckpoint = 4000;
  PRAGMA journal_size_limit = 67108864;
`

/**
 * Opens the file alone: no other process can read or write it until it is closed or this process dies.
 * @throws StoreRefused when another Parlor has it, when it is not ours, or when it would not be durable.
 */
export function openDatabase(file: string): DatabaseSync {
  const db = openFile(file)
  try {
    takeLock(db, file)
    db.exec(settings)
    markAsOurs(db, file)
    assertDurable(db, file)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** @throws StoreRefused naming the setting that did not hold, such as WAL on a file system without it. */
export function assertDurable(db: DatabaseSync, file: string): void {
  for (const [name, wanted] of Object.entries(promised)) {
    const found = readPragma(db, name)
    if (found === wanted) continue
    throw new StoreRefused(
      'not_durable',
      `${file} cannot be kept safely: SQLite says ${name} is ${found}, not ${wanted}.`,
    )
  }
}

function openFile(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { enableForeignKeyConstraints: true, defensive: true, timeout: 250 })
  } catch (cause) {
    throw new StoreRefused('unusable', `${file} cannot be opened; check that its folder exists and is writable.`, cause)
  }
}

/** With exclusive locking the lock taken here is held until the connection closes, and WAL needs no shared memory. */
function takeLock(db: DatabaseSync, file: string): void {
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; BEGIN EXCLUSIVE; COMMIT')
  } catch (cause) {
    const code = resultCodeOf(cause)
    if (code === resultCodes.busy) {
      throw new StoreRefused('in_use', `${file} is in use by another Parlor; stop that one first.`, cause)
    }
    if (code === resultCodes.notADatabase) throw notOurs(file, cause)
    throw new StoreRefused('unusable', `${file} cannot be read and written; check the disk and its permissions.`, cause)
  }
}

function markAsOurs(db: DatabaseSync, file: string): void {
  const found = readPragma(db, 'application_id')
  if (found === applicationId) return
  const tables = db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()
  if (found !== 0 || tables?.n !== 0) throw notOurs(file)
  db.exec(`PRAGMA application_id = ${applicationId}`)
}

function notOurs(file: string, cause?: unknown): StoreRefused {
  return new StoreRefused('not_a_store', `${file} was not made by Parlor; name another file.`, cause)
}

function readPragma(db: DatabaseSync, name: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]
}
