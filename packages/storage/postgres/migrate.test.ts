import { fixedClock } from '@parlor/core/time'
import { expect, test } from 'vitest'
import { openPostgresStores } from './index.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { newDatabase } from './testing/ask-keeper.ts'
import { command } from './testing/test-database.ts'

const clock = fixedClock()
const stepsIn = async (url: string) =>
  (await command(url, 'SELECT number, name FROM migrations ORDER BY number')).map(({ name }) => name)
const all = migrations.map(({ name }) => name)

test('nodes that start at once on an empty database all open it, and each step is taken once', async () => {
  const url = await newDatabase()
  const nodes = await Promise.all(Array.from({ length: 4 }, () => openPostgresStores({ url, clock, connections: 1 })))
  expect(await stepsIn(url)).toEqual(all)
  await Promise.all(nodes.map((node) => node.probe()))
  await Promise.all(nodes.map((node) => node.close()))
})

test('a database is brought up to date from where it is, and a failing step changes nothing', async () => {
  const url = await newDatabase()
  await migrate(url, 'The database', 1, migrations.slice(0, 3))
  const broken = { number: 5, name: 'broken', sql: 'CREATE TABLE halfway (); SELECT nothing_at_all' }
  const failing = migrate(url, 'The database', 1, [...migrations.slice(0, 4), broken])
  await expect(failing).rejects.toMatchObject({ name: 'StoreRefused', reason: 'unusable' })
  expect(await stepsIn(url)).toEqual(all.slice(0, 3))
  expect(await command(url, "SELECT to_regclass('halfway') AS it")).toEqual([{ it: null }])
  await migrate(url, 'The database', 1)
  expect(await stepsIn(url)).toEqual(all)
})

test('a newer database, and one that holds something else, are refused with a sentence', async () => {
  const url = await newDatabase()
  await command(url, 'CREATE TABLE theirs ()')
  await expect(openPostgresStores({ url, clock })).rejects.toMatchObject({
    reason: 'not_a_store',
    message: expect.stringMatching(
      /^The database parlor_test_\w+ at \S+ holds something else; name an empty database\.$/,
    ),
  })
  await command(url, 'DROP TABLE theirs')
  await migrate(url, 'The database', 1, [...migrations, { number: 99, name: 'later', sql: '' }])
  await expect(openPostgresStores({ url, clock })).rejects.toMatchObject({
    reason: 'newer',
    message: expect.stringContaining('newer Parlor (step 99)'),
  })
})
