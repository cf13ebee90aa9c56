import { expect, inject, test } from 'vitest'
import { startNodes } from '../../harness/start-nodes.ts'
import { describeChaos, runChaos } from './run-chaos.ts'

test('nothing acknowledged is lost and nothing ended comes back while nodes and Postgres are killed under load', {
  timeout: 240_000,
}, async () => {
  const env = { PARLOR_LIMIT_MESSAGES: '1000000', PARLOR_LOG_LEVEL: 'warn' }
  await using nodes = await startNodes({ keeper: inject('postgresKeeper'), nodes: 3, env })
  const outcome = await runChaos(nodes, 20_000)
  console.log(describeChaos(outcome))
  expect(outcome.broken).toEqual([])
  expect(outcome.nodeKills).toBeGreaterThanOrEqual(1)
  expect(outcome.postgresKills).toBeGreaterThanOrEqual(1)
  // Or nothing was shown.
  expect(outcome.acknowledged).toBeGreaterThanOrEqual(1000)
})
