import type { DatabaseSync } from 'node:sqlite'
import { type Migration, migrations } from './migrations/index.ts'
import { StoreRefused } from './store-refused.ts'

/**
 * Brings the file to this version, all missing steps in one transaction. Called under the file's lock.
 * @throws StoreRefused when the file was written by a newer Parlor, or when a step fails: then nothing was changed.
 */
export function migrate(db: DatabaseSync, file: string, now: number, steps: readonly Migration[] = migrations): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    for (const step of findMissing(db, file, steps)) applyStep(db, file, step, now)
    db.exec('COMMIT')
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

function findMissing(db: DatabaseSync, file: string, steps: readonly Migration[]): readonly Migration[] {
  db.exec(`
    CREATE TABLE IF NOT EXISTS migrations (
      number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL
    ) STRICT`)
  const applied = db.prepare('SELECT number, name FROM migrations ORDER BY number').all()
  for (const [index, row] of applied.entries()) {
    const step = steps[index]
    if (step?.number === row.number && step?.name === row.name) continue
    throw new StoreRefused('newer', `${file} was written by a newer Parlor (step ${row.number}); start that version.`)
  }
  return steps.slice(applied.length)
}

function applyStep(db: DatabaseSync, file: string, step: Migration, now: number): void {
  const { number, name } = step
  try {
    db.exec(step.sql)
    step.fill?.(db)
    db.prepare('INSERT INTO migrations (number, name, applied_at) VALUES (?, ?, ?)').run(number, name, now)
  } catch (cause) {
    const message = `${file} could not be brought to this version (step ${number}); nothing was changed.`
    throw new StoreRefused('unusable', message, cause)
  }
}
