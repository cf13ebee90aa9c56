import { expect, inject, test } from 'vitest'
import { startNodes } from '../../harness/start-nodes.ts'
import { describeUnread, runUnread } from './run-unread.ts'

test('500 visitors who read nothing cost a node little, and others are served', async () => {
  await using nodes = await startNodes({ keeper: inject('postgresKeeper'), nodes: 1 })
  const outcome = await runUnread(nodes.node(0), 500, 5000)
  console.log(describeUnread(outcome))
  expect(outcome.open).toBe(500)
  // Half a MiB each would be 250.
  expect(outcome.memoryMost - outcome.memoryBefore).toBeLessThan(150)
  expect(outcome.failed).toBe(0)
  expect(Math.max(...outcome.answersMs)).toBeLessThan(10_000)
  expect(outcome.endingMs).toBeLessThan(5000)
})
