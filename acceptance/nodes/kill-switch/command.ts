import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { startKeeper } from '../../harness/own-postgres.ts'
import { startNodes } from '../../harness/start-nodes.ts'
import { describeOutcome } from './describe-outcome.ts'
import { runSeed } from './run-seed.ts'

/** `npm run nodes:kill-switch -- --seeds 20 --endings 200 --sockets 1000 [--first 1]`; `--sockets` is at each of the three nodes. */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    endings: { type: 'string', default: '200' },
    sockets: { type: 'string', default: '1000' },
    first: { type: 'string', default: '1' },
  },
})
const endingsPerRound = Math.min(20, Number(values.endings))
const [first, seeds, sockets] = [Number(values.first), Number(values.seeds), Number(values.sockets)]
const rounds = Math.ceil(Number(values.endings) / endingsPerRound)

console.log(
  `3 nodes, ${sockets} sockets at each, ${rounds * endingsPerRound} endings for each of ${seeds} seeds; ` +
    `Node ${process.versions.node}, ${availableParallelism()} cores for nodes, visitors and Postgres together.`,
)
const keeper = await startKeeper()
let broken = 0
let endings = 0
try {
  await using nodes = await startNodes({
    keeper: keeper.socket,
    nodes: 3,
    env: { PARLOR_LIMIT_MESSAGES: '1000000', PARLOR_LOG_LEVEL: 'error' },
  })
  for (let seed = first; seed < first + seeds; seed++) {
    const outcome = await runSeed(nodes, { seed, rounds, endingsPerRound, sockets })
    broken += outcome.broken.length
    endings += outcome.endings
    console.log(`seed ${seed}: ${describeOutcome(outcome)}`)
    for (const fault of outcome.broken) console.log(`  BROKEN ${fault}`)
    if (outcome.acceptedBefore < 10_000 || outcome.refusedAfter < 1000) {
      broken += 1
      console.log('  BROKEN too little was tried to show anything')
    }
  }
} finally {
  await keeper.stop()
}
console.log(`${endings} endings over ${seeds} seeds, ${broken} broken.`)
process.exitCode = broken === 0 ? 0 : 1
