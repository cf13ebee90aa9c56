import { expect, test } from 'vitest'
import { sampleAccount } from '../contract/samples.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { openDatabase } from './open-database.ts'
import { openFile, withFolder } from './testing/store-file.ts'

const addition = { number: migrations.length + 1, name: 'addition', sql: 'CREATE TABLE addition (id INTEGER) STRICT' }

const applied = (file: string) => {
  const db = openDatabase(file)
  const rows = db.prepare('SELECT number, name FROM migrations ORDER BY number').all()
  db.close()
  return rows.map((row) => ({ ...row }))
}

test('an empty file is brought up step by step, and each step is recorded once', () =>
  withFolder(async (file) => {
    const wanted = migrations.map(({ number, name }) => ({ number, name }))
    expect(wanted.map(({ number }) => number)).toEqual(wanted.map((_, index) => index + 1))
    await openFile(file).close()
    expect(applied(file)).toEqual(wanted)
    await openFile(file).close()
    expect(applied(file)).toEqual(wanted)
  }))

test('an older file gets the steps it lacks and keeps what it holds', () =>
  withFolder(async (file) => {
    const older = openDatabase(file)
    migrate(older, file, 1, migrations.slice(0, 1))
    older.exec("INSERT INTO accounts (id, name, created_at) VALUES ('old', 'Old', 1)")
    older.close()
    const stores = openFile(file)
    expect(await stores.accounts.findAccount('old')).toMatchObject({ name: 'Old' })
    await stores.accounts.insertAccount(sampleAccount())
    await stores.close()
  }))

test('a file of a newer Parlor is refused with a sentence and left alone', () =>
  withFolder(async (file) => {
    const newer = openDatabase(file)
    migrate(newer, file, 1, [...migrations, addition])
    newer.close()
    expect(() => openFile(file)).toThrow(
      expect.objectContaining({ reason: 'newer', message: expect.stringMatching(/was written by a newer Parlor/) }),
    )
    expect(applied(file)).toHaveLength(migrations.length + 1)
  }))

test('a step that fails half-way leaves the file as it was', () =>
  withFolder(async (file) => {
    await openFile(file).close()
    const db = openDatabase(file)
    const broken = { ...addition, sql: `${addition.sql}; INSERT INTO nowhere VALUES (1)` }
    expect(() => migrate(db, file, 1, [...migrations, broken])).toThrow(expect.objectContaining({ reason: 'unusable' }))
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'addition'").get()).toBeUndefined()
    db.close()
    await openFile(file).close()
  }))
