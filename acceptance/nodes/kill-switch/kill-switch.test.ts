import { expect, inject, test } from 'vitest'
import { startNodes } from '../../harness/start-nodes.ts'
import { describeOutcome } from './describe-outcome.ts'
import { runSeed } from './run-seed.ts'

const keeper = inject('postgresKeeper')
const env = { PARLOR_LIMIT_MESSAGES: '1000000' }

test('no ended token is of any use on any of three nodes, one of them stopped and one cut off from the store', {
  timeout: 240_000,
}, async () => {
  await using nodes = await startNodes({ keeper, nodes: 3, env })
  const outcome = await runSeed(nodes, { seed: 1, rounds: 5, endingsPerRound: 6, sockets: 100 })
  console.log(describeOutcome(outcome))
  expect(outcome.broken).toEqual([])
  expect(outcome.endings).toBe(30)
  // Or nothing was shown.
  expect(outcome.underFaults).toBeGreaterThanOrEqual(10)
  expect(outcome.acceptedBefore).toBeGreaterThan(1000)
  expect(outcome.refusedAfter).toBeGreaterThan(100)
  expect(outcome.unansweredAfter).toBeGreaterThan(20)
})

/** Its clocks run at a third of their pace, which decision 13 rules out: so it serves three times as long as others wait for it. */
const slowClock = `data:text/javascript,${encodeURIComponent(`
  const pace = 1 / 3
  const now = performance.now.bind(performance)
  performance.now = () => now() * pace
  const [wall, began] = [Date.now, Date.now()]
  Date.now = () => Math.floor(began + (wall() - began) * pace)
`)}`

test('a node that serves for longer than others wait would be seen by this test', { timeout: 120_000 }, async () => {
  await using nodes = await startNodes({ keeper, nodes: 1, env })
  await nodes.add({ nodeArgs: ['--import', slowClock] })
  await nodes.add({ nodeArgs: ['--import', slowClock] })
  const outcome = await runSeed(nodes, { seed: 2, rounds: 1, endingsPerRound: 6, sockets: 24, victims: [1, 2] })
  expect(outcome.broken.join()).toContain('after the return was accepted')
})
