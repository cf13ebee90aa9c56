import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Access, accessTo } from './access.ts'
import { groupCommits } from './group-commit.ts'
import { openPool } from './open-database.ts'
import { newDatabase } from './testing/ask-keeper.ts'
import { command } from './testing/test-database.ts'

let url: string
let pool: Pool
let access: Access
beforeAll(async () => {
  url = await newDatabase()
  const patience = { connectMs: 5_000, statementMs: 5_000, lockMs: 5_000, silenceMs: 1_000, idleInTransactionMs: 300 }
  pool = openPool(url, 4, patience)
  access = accessTo(pool, groupCommits())
  await command(url, 'CREATE TABLE marks (id int PRIMARY KEY, n int NOT NULL); INSERT INTO marks VALUES (1, 0), (2, 0)')
})
afterAll(() => pool.end())

const add = { name: 'add', text: 'UPDATE marks SET n = n + 1 WHERE id = $1' }
const make = { name: 'make', text: 'INSERT INTO marks VALUES ($1, 0)' }
const marks = async () => (await command(url, 'SELECT n FROM marks ORDER BY id')).map(({ n }) => n)

test('two transactions that wait for each other both succeed at last', async () => {
  const met = Promise.withResolvers<void>()
  let waiting = 0
  const both = async (first: number, second: number) =>
    access.transact(async ({ ask }) => {
      await ask(add, [first])
      waiting += 1
      if (waiting === 2) met.resolve()
      await met.promise
      await ask(add, [second])
    })
  await Promise.all([both(1, 2), both(2, 1)])
  expect(await marks()).toEqual([2, 2])
})

test('a transaction whose last statement fails has written nothing, and its error is the one that counts', async () => {
  const before = await marks()
  const broken = access.transact(async ({ send }) => {
    send(add, [1])
    send(make, [1])
    send(add, [2])
  })
  await expect(broken).rejects.toMatchObject({ code: 'conflict' })
  expect(await marks()).toEqual(before)
})

test('an error of the work is passed on as it is and undoes what was sent', async () => {
  const before = await marks()
  const error = new Error('no')
  const thrown = access.transact(async ({ ask, send }) => {
    send(add, [1])
    await ask(add, [2])
    throw error
  })
  await expect(thrown).rejects.toBe(error)
  expect(await marks()).toEqual(before)
})

test('a process that stands still within a transaction lets go of its locks and is told so', async () => {
  const stood = Promise.withResolvers<void>()
  const standing = access.transact(async ({ ask }) => {
    await ask(add, [1])
    await stood.promise
    await ask(add, [2])
  })
  standing.catch(() => {})
  const [before] = await marks()
  await access.tell(add, [1])
  expect((await marks())[0]).toBe(Number(before) + 1)
  stood.resolve()
  await expect(standing).rejects.toMatchObject({ code: 'unavailable' })
  await access.tell(add, [2])
})

test('reads of one turn are one question, and each gets its own answer', async () => {
  await command(url, 'SELECT pg_stat_reset()')
  const asked: string[] = []
  const spying = accessTo(
    new Proxy(pool, {
      get: (target, key) => {
        const value = Reflect.get(target, key)
        if (key === 'query') asked.push('query')
        return typeof value === 'function' ? value.bind(target) : value
      },
    }),
    groupCommits(),
  )
  const find = spying.finder<{ id: string }>(
    { name: 'find-marks', text: 'SELECT id::text FROM marks WHERE id = ANY ($1::int[])' },
    ({ id }) => id,
  )
  expect(await Promise.all(['2', '9', '1', '2'].map(find))).toEqual([{ id: '2' }, null, { id: '1' }, { id: '2' }])
  expect(asked).toEqual(['query'])
})

test('a statement that is our own mistake stays what it is', async () => {
  await expect(access.ask({ name: '', text: 'SELECT nothing_at_all' }, [])).rejects.toMatchObject({ code: '42703' })
})
