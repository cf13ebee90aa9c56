import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeCounts, type FuzzStage, openFuzzStage } from './fuzz-stage.ts'
import { fuzzParsers } from './run-parsers.ts'

const seed = Number(process.env.PARLOR_FUZZ_SEED ?? 20261120)

let stage: FuzzStage
beforeAll(async () => {
  stage = await openFuzzStage()
})
afterAll(() => stage?.[Symbol.asyncDispose]())

it('documents, tokens, headers and cursors with anything in them are taken or refused with a reason', async () => {
  await fuzzParsers(stage, { seed, shots: 100 })
  console.log(`fuzzed the other parsers, seed ${seed}: ${describeCounts(stage)}`)
  expect(stage.faults).toEqual([])
  expect(stage.counts.get('token 401')).toBeGreaterThan(100)
  expect(stage.counts.get('streams read')).toBeGreaterThan(20)
  for (const name of ['visit.md', 'parking.html', 'report.pdf', 'handbook.docx']) {
    expect(stage.counts.get(`${name} 200`), name).toBeGreaterThan(1)
    expect(stage.counts.get(`${name} 422`), name).toBeGreaterThan(1)
  }
}, 120_000)
