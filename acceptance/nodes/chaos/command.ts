import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { startKeeper } from '../../harness/own-postgres.ts'
import { startNodes } from '../../harness/start-nodes.ts'
import { describeChaos, runChaos } from './run-chaos.ts'

/** `npm run nodes:chaos -- --minutes 10` */
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } })
console.log(
  `3 nodes over one Postgres for ${values.minutes} minutes, one of the four killed every 2 to 6 s; ` +
    `Node ${process.versions.node}, ${availableParallelism()} cores for all of it.`,
)
const keeper = await startKeeper()
try {
  const env = { PARLOR_LIMIT_MESSAGES: '1000000', PARLOR_LOG_LEVEL: 'error' }
  await using nodes = await startNodes({ keeper: keeper.socket, nodes: 3, env })
  const outcome = await runChaos(nodes, Number(values.minutes) * 60_000)
  console.log(describeChaos(outcome))
  for (const fault of outcome.broken) console.log(`  BROKEN ${fault}`)
  if (outcome.acknowledged < 1000) console.log('  BROKEN too little was acknowledged to show anything')
  process.exitCode = outcome.broken.length === 0 && outcome.acknowledged >= 1000 ? 0 : 1
} finally {
  await keeper.stop()
}
