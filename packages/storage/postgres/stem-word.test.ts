import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { stemWord } from './stem-word.ts'

const docs = join(import.meta.dirname, '../../../docs')
const endings = ['ational', 'tional', 'izer', 'bli', 'alli', 'entli', 'ousli', 'ization', 'ator', 'alism', 'iveness']
const more = [
  'fulness',
  'aliti',
  'iviti',
  'biliti',
  'icate',
  'ative',
  'alize',
  'ical',
  'ness',
  'ement',
  'ion',
  'eed',
  'ied',
]
const beginnings = [
  'rel',
  'condit',
  'vietn',
  'hop',
  'fall',
  'hiss',
  'fizz',
  'fil',
  'troubl',
  'y',
  'sky',
  'agr',
  'contro',
]

test('a word is stemmed as SQLite’s full text stems it', () => {
  const words = new Set(
    beginnings.flatMap((one) => [...endings, ...more, 's', 'sses', 'ing', 'e', 'll'].map((end) => one + end)),
  )
  for (const name of globSync('**/*.md', { cwd: docs })) {
    for (const [word] of readFileSync(join(docs, name), 'utf8')
      .toLowerCase()
      .matchAll(/[a-z]{2,60}/g))
      words.add(word)
  }
  const db = new DatabaseSync(':memory:')
  db.exec(
    "CREATE VIRTUAL TABLE t USING fts5 (word, tokenize = 'porter'); CREATE VIRTUAL TABLE v USING fts5vocab (t, 'instance')",
  )
  const insert = db.prepare('INSERT INTO t (rowid, word) VALUES (?, ?)')
  const list = [...words].filter((word) => word !== 'sses')
  db.exec('BEGIN')
  for (const [index, word] of list.entries()) insert.run(index, word)
  const theirs = db
    .prepare('SELECT term FROM v ORDER BY doc')
    .all()
    .map(({ term }) => term)
  db.close()
  expect(list.length).toBeGreaterThan(1_500)
  expect(list.map(stemWord)).toEqual(theirs)
})
