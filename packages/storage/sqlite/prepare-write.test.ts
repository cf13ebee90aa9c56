import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { prepareWrite } from './prepare-write.ts'

test('a statement still runs after a full-text table left a row number behind that is no JavaScript number', () => {
  const db = new DatabaseSync(':memory:')
  db.exec("CREATE VIRTUAL TABLE words USING fts5(text, content='', contentless_delete=1); CREATE TABLE rows (id)")
  const [careless, careful] = [db.prepare('UPDATE rows SET id = 1'), prepareWrite(db, 'UPDATE rows SET id = 1')]
  const insert = db.prepare('INSERT INTO words (rowid, text) VALUES (?, ?)')
  for (let row = 1; row <= 200; row += 1) insert.run(row, `word${row} and more`)
  db.exec('DELETE FROM words WHERE rowid < 150')
  expect(() => careless.run()).toThrow(/too large/)
  expect(careful.run().changes).toBe(0n)
  db.close()
})
