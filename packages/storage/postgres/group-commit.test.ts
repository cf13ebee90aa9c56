import { ParlorError } from '@parlor/core/errors'
import { expect, test } from 'vitest'
import { groupCommits } from './group-commit.ts'

const writes = { atOnce: 1, most: 3, writes: true }
const values = (jobs: readonly number[]) => jobs.map((value) => ({ value }))

test('jobs of one turn go together, at most so many, in order, one group after the other', async () => {
  const groups = groupCommits()
  const seen: number[][] = []
  let underWay = 0
  const push = groups.lane(async (jobs: number[]) => {
    seen.push(jobs)
    underWay += 1
    expect(underWay).toBe(1)
    await new Promise((resolve) => setImmediate(resolve))
    underWay -= 1
    return values(jobs)
  }, writes)
  expect(await Promise.all([1, 2, 3, 4].map(push))).toEqual([1, 2, 3, 4])
  expect(seen).toEqual([[1, 2, 3], [4]])
  expect(groups.stats()).toEqual({ pending: 0, written: 4, commits: 2, failedCommits: 0 })
})

test('where one write breaks a rule, the others of its group are written and it alone is refused', async () => {
  const groups = groupCommits()
  const push = groups.lane(async (jobs: number[]) => {
    if (jobs.includes(2)) throw new ParlorError('conflict')
    return values(jobs)
  }, writes)
  const settled = await Promise.allSettled([1, 2, 3].map(push))
  expect(settled).toMatchObject([{ value: 1 }, { reason: { code: 'conflict' } }, { value: 3 }])
})

test('where the store is away, the whole group is refused at once and nothing is tried again', async () => {
  const groups = groupCommits()
  let tries = 0
  const push = groups.lane(async () => {
    tries += 1
    throw new ParlorError('unavailable')
  }, writes)
  const settled = await Promise.allSettled([1, 2, 3].map(push))
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(tries).toBe(1)
  expect(groups.stats()).toMatchObject({ pending: 0, failedCommits: 1 })
})

test('stopping waits for what is under way and refuses what comes later', async () => {
  const groups = groupCommits()
  const push = groups.lane(async (jobs: number[]) => values(jobs), writes)
  const first = push(1)
  const stopped = groups.stop()
  await expect(push(2)).rejects.toMatchObject({ code: 'unavailable' })
  await stopped
  expect(groups.stats().pending).toBe(0)
  expect(await first).toBe(1)
  await groups.stop()
})
