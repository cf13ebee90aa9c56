import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { describeCounts, openFuzzStage } from './fuzz-stage.ts'
import { fuzzLive } from './run-live.ts'
import { fuzzParsers } from './run-parsers.ts'

/** `npm run fuzz -- --minutes 10 [--seed 7] [--rounds 1]`: rounds with seeds that follow each other, on one server. */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
    rounds: { type: 'string', default: 'Infinity' },
  },
})
const [minutes, first, rounds] = [values.minutes, values.seed, values.rounds].map(Number) as [number, number, number]
const shots = 200
const mebibyte = 1024 * 1024
/** After two rounds a server has warmed up; what it takes after that it must not go on taking. */
const mostGrowthMib = 256

await using stage = await openFuzzStage()
const giveUpAt = performance.now() + minutes * 60_000
let warm = 0
for (let round = 0; round < rounds && performance.now() < giveUpAt && stage.faults.length === 0; round++) {
  const seed = first + round * 10
  await fuzzLive(stage, { seed, shots })
  await fuzzParsers(stage, { seed, shots })
  const memory = Math.round(stage.parlor.memory() / mebibyte)
  if (round < 2) warm = Math.max(warm, memory)
  else if (memory > warm + mostGrowthMib) stage.fault(`memory grew from ${warm} to ${memory} MiB`)
  console.log(`round ${round + 1}: seed ${seed}, ${memory} MiB, ${stage.faults.length} faults`)
  for (const fault of stage.faults) console.log(`  BROKEN ${fault}`)
  if (stage.faults.length > 0) console.log(`  again: npm run fuzz -- --seed ${seed} --rounds 1`)
}
console.log(describeCounts(stage))
process.exitCode = stage.faults.length === 0 ? 0 : 1
