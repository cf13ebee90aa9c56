import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeCounts, type FuzzStage, openFuzzStage } from './fuzz-stage.ts'
import { fuzzLive } from './run-live.ts'

const seed = Number(process.env.PARLOR_FUZZ_SEED ?? 20261120)
/** A first round warms the server up; what it takes after that it must not go on taking. */
const mostGrowth = 200 * 1024 * 1024

let stage: FuzzStage
beforeAll(async () => {
  stage = await openFuzzStage()
})
afterAll(() => stage?.[Symbol.asyncDispose]())

it('the live socket takes anything, keeps its promises to everybody else, and never fails inside', async () => {
  await fuzzLive(stage, { seed, shots: 60 })
  const before = stage.parlor.memory()
  await fuzzLive(stage, { seed: seed + 1000, shots: 140 })
  console.log(`fuzzed the live socket, seed ${seed}: ${describeCounts(stage)}`)
  expect(stage.faults).toEqual([])
  expect(stage.parlor.memory() - before).toBeLessThan(mostGrowth)
  for (const kind of ['talks let in', 'acknowledged messages found', 'wire close 1002', 'close 4400', 'close 4401']) {
    expect(stage.counts.get(kind), kind).toBeGreaterThan(20)
  }
  expect(stage.counts.get('answers to the control visitor')).toBeGreaterThan(5)
}, 120_000)
