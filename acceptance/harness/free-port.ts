import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** Below the ports a system lends to outgoing connections, so that a server can be started again on the port it had. */
const defaultRange = '21000-28999'

/** A port nobody listens on, from `PARLOR_TEST_PORTS` (such as `21000-28999`). @throws Error when none is found. */
export async function findFreePort(): Promise<number> {
  const [first, last] = (process.env.PARLOR_TEST_PORTS ?? defaultRange).split('-').map(Number)
  if (!first || !last || last < first) throw new Error('PARLOR_TEST_PORTS must look like 21000-28999.')
  const size = last - first + 1
  const start = randomInt(size)
  for (let step = 0; step < Math.min(size, 200); step++) {
    const port = first + ((start + step) % size)
    if (await isFree(port)) return port
  }
  throw new Error(`No free port in ${first}-${last}.`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
