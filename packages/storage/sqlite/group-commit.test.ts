import { DatabaseSync } from 'node:sqlite'
import { ParlorError } from '@parlor/core/errors'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type GroupCommit, groupCommits } from './group-commit.ts'

let db: DatabaseSync
let commits: GroupCommit
beforeEach(() => {
  db = new DatabaseSync(':memory:')
  db.exec('CREATE TABLE parents (id INTEGER PRIMARY KEY); CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)')
  db.exec('CREATE TABLE children (id INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)')
  commits = groupCommits(db)
})
afterEach(() => db.close())

const insert =
  (id: number, text = 'x') =>
  () =>
    void db.prepare('INSERT INTO rows VALUES (?, ?)').run(id, text)
const ids = () =>
  db
    .prepare('SELECT id FROM rows ORDER BY id')
    .all()
    .map((row) => row.id)

test('writes of one turn share a commit, and nothing is read of them before it', async () => {
  const writes = [1, 2, 3].map((id) => commits.write(insert(id)))
  expect(ids()).toEqual([])
  expect(commits.stats()).toMatchObject({ pending: 3, commits: 0 })
  await Promise.all(writes)
  expect(ids()).toEqual([1, 2, 3])
  expect(commits.stats()).toEqual({ pending: 0, written: 3, commits: 1, failedCommits: 0 })
})

test('a write that throws undoes only itself and passes its error on', async () => {
  const error = new Error('mine')
  const settled = await Promise.allSettled([
    commits.write(insert(1)),
    commits.write(() => {
      insert(2)()
      throw error
    }),
    commits.write(insert(3)),
  ])
  expect(settled.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(settled[1]).toMatchObject({ reason: error })
  expect(ids()).toEqual([1, 3])
})

test('checked work that refuses before it changes anything harms nobody, and passes its error on', async () => {
  const error = new Error('mine')
  const settled = await Promise.allSettled([
    commits.writeChecked(insert(1)),
    commits.writeChecked(() => {
      throw error
    }),
    commits.writeChecked(insert(1)),
    commits.writeChecked(insert(3)),
  ])
  expect(settled.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  expect(settled[1]).toMatchObject({ reason: error })
  expect(settled[2]).toMatchObject({ reason: { code: 'conflict' } })
  expect(ids()).toEqual([1, 3])
})

test('checked work that throws after a change takes its whole group with it: nothing is half written', async () => {
  const settled = await Promise.allSettled([
    commits.write(insert(1)),
    commits.writeChecked(() => {
      insert(2)()
      throw new Error('a fault of ours')
    }),
    commits.writeChecked(insert(3)),
  ])
  for (const one of settled) expect(one).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } })
  expect([ids(), commits.stats().failedCommits]).toEqual([[], 1])
})

test('a commit that fails acknowledges nothing, keeps nothing and names its cause', async () => {
  const settled = await Promise.allSettled([
    commits.write(insert(1)),
    commits.write(() => void db.exec('INSERT INTO children VALUES (404)')),
  ])
  for (const one of settled) {
    expect(one).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } })
    expect(one.status === 'rejected' && one.reason.cause).toMatchObject({
      message: expect.stringMatching(/FOREIGN KEY/),
    })
  }
  expect(ids()).toEqual([])
  expect(commits.stats()).toMatchObject({ failedCommits: 1, written: 0 })
  await commits.write(insert(5))
  expect(ids()).toEqual([5])
})

test('on a full disk nothing is acknowledged that is not kept', async () => {
  db.exec('PRAGMA max_page_count = 12')
  const texts = Array.from({ length: 20 }, (_, id) => commits.write(insert(id, 'y'.repeat(3_000))).then(() => id))
  const settled = await Promise.allSettled(texts)
  const acknowledged = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  expect(refused.length).toBeGreaterThan(0)
  for (const reason of refused) {
    expect(reason).toBeInstanceOf(ParlorError)
    expect(reason.code).toBe('unavailable')
  }
  expect(ids()).toEqual(acknowledged)
})

test('a group is cut where it would hold the event loop up, and the rest follows in the next turn', async () => {
  const slow = () => {
    const until = performance.now() + 25
    while (performance.now() < until);
  }
  await Promise.all([commits.write(slow), commits.write(insert(1)), commits.write(insert(2))])
  expect(commits.stats()).toMatchObject({ commits: 2, written: 3 })
})

test('stopping commits what is queued and refuses the rest', async () => {
  const queued = commits.write(insert(1))
  commits.stop()
  await queued
  // The turn it was to be written in finds nothing left to do.
  await new Promise((resolve) => setImmediate(resolve))
  expect(commits.stats()).toMatchObject({ commits: 1, failedCommits: 0 })
  await expect(commits.write(insert(2))).rejects.toMatchObject({ code: 'unavailable' })
  expect(ids()).toEqual([1])
})

test('what rides with a group is undone with it, and told so', async () => {
  const told: string[] = []
  const riding = groupCommits(db, {
    beforeCommit: () => {
      insert(99)()
      told.push('before')
    },
    committed: () => void told.push('committed'),
    undone: () => void told.push('undone'),
  })
  await expect(riding.write(() => void db.exec('INSERT INTO children VALUES (404)'))).rejects.toThrow()
  expect([told, ids()]).toEqual([['before', 'undone'], []])
  await riding.write(() => {})
  expect([told.slice(2), ids()]).toEqual([['before', 'committed'], [99]])
})
