import type { DatabaseSync } from 'node:sqlite'
import { type Migration, migrations } from './migrations/index.ts'
import { StoreRefused } from './store-refused.ts'

/**
 * Brings the file to this version, each step in a transaction of its own. Called under the file's lock.
 * @throws StoreRefused when the file was written by a newer Parlor, or by steps this one does not know.
 */
export function migrate(db: DatabaseSync, file: string, now: number, steps: readonly Migration[] = migrations): void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
  )
  const applied = db.prepare('SELECT number, name FROM migrations ORDER BY number').all()
  for (const [index, row] of applied.entries()) {
    const step = steps[index]
    if (step?.number === row.number && step?.name === row.name) continue
    throw new StoreRefused('newer', `${file} was written by a newer Parlor (step ${row.number}); start that version.`)
  }
  for (const step of steps.slice(applied.length)) applyStep(db, file, step, now)
}

function applyStep(db: DatabaseSync, file: string, step: Migration, now: number): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    db.exec(step.sql)
    db.prepare('INSERT INTO migrations (number, name, applied_at) VALUES (?, ?, ?)').run(step.number, step.name, now)
    db.exec('COMMIT')
  } catch (cause) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw new StoreRefused(
      'unusable',
      `${file} could not be brought to this version (step ${step.number}); nothing was changed.`,
      cause,
    )
  }
}
