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
  const env = { PARLOR_LOG_LEVEL: 'error' }
  await using nodes = await startNodes({ keeper: keeper.socket, nodes: 1, env })
  console.log(describeUnread(await runUnread(nodes.node(0), Number(values.sockets), Number(values.seconds) * 1000)))
} finally {
  await keeper.stop()
}
