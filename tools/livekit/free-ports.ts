import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { environment } from '../environment.ts'

/** So many ports that nobody uses, neither TCP nor UDP, out of `PARLOR_TEST_PORTS`. @throws Error when there are not enough. */
export async function findFreePorts(count: number): Promise<number[]> {
  const [first = 0, last = 0] = environment.testPorts().split('-').map(Number)
  if (!(first > 0 && last >= first)) throw new Error('PARLOR_TEST_PORTS must look like 21000-28999.')
  const size = last - first + 1
  const start = randomInt(size)
  const found: number[] = []
  for (let step = 0; step < Math.min(size, 200) && found.length < count; step++) {
    const port = first + ((start + step) % size)
    if ((await isFreeForTcp(port)) && (await isFreeForUdp(port))) found.push(port)
  }
  if (found.length < count) throw new Error(`Not enough free ports in ${first}-${last}.`)
  return found
}

function isFreeForTcp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

async function isFreeForUdp(port: number): Promise<boolean> {
  const probe = createSocket('udp4')
  const bound = new Promise<boolean>((resolve) => {
    probe.once('error', () => resolve(false))
    probe.bind(port, '127.0.0.1', () => resolve(true))
  })
  const isFree = await bound
  const closed = once(probe, 'close')
  probe.close()
  await closed
  return isFree
}
