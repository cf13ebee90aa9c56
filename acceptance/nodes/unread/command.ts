import { parseArgs } from 'node:util'
import { startKeeper } from '../../harness/own-postgres.ts'
import { startNodes } from '../../harness/start-nodes.ts'
import { describeUnread, runUnread } from './run-unread.ts'

/** `npm run nodes:unread -- --sockets 10000 --seconds 60` */
const { values } = parseArgs({
  options: { sockets: { type: 'string', default: '10000' }, seconds: { type: 'string', default: '60' } },
})
const keeper = await startKeeper()
try {
  const env = { PARLOR_LOG_LEVEL: 'warn' }
  await using nodes = await startNodes({ keeper: keeper.socket, nodes: 1, env })
  const parlor = nodes.node(0)
  console.log(describeUnread(await runUnread(parlor, Number(values.sockets), Number(values.seconds) * 1000)))
  const lost = parlor.output().split('the lease ran out').length - 1
  console.log(`The node lost its lease ${lost} times.`)
} finally {
  await keeper.stop()
}
