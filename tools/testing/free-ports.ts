import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { environment } from '../environment.ts'

const slices = 32
/** A range that is smaller is not worth cutting. */
const leastSlice = 100
/** How far this process has come in its slice. */
let next = randomInt(1 << 20)

/**
 * So many ports that nobody uses, neither TCP nor UDP, out of `PARLOR_TEST_PORTS`. A port is free until somebody listens on it, which a
 * server does only seconds later: so each worker of a test run has a slice of its own, and hands out one port after another.
 * @throws Error when there are not enough.
 */
export async function findFreePorts(count: number): Promise<number[]> {
  const [first = 0, last = 0] = environment.testPorts().split('-').map(Number)
  if (!(first > 0 && last >= first)) throw new Error('PARLOR_TEST_PORTS must look like 21000-28999.')
  const { begin, size } = ownSlice(first, last - first + 1)
  const found: number[] = []
  for (let step = 0; step < Math.min(size, 200) && found.length < count; step++) {
    const port = begin + (next++ % size)
    if ((await isFreeForTcp(port)) && (await isFreeForUdp(port))) found.push(port)
  }
  if (found.length < count) throw new Error(`Not enough free ports in ${begin}-${begin + size - 1}.`)
  return found
}

function ownSlice(first: number, all: number): { begin: number; size: number } {
  const size = Math.floor(all / slices)
  if (size < leastSlice) return { begin: first, size: all }
  // The workers of one run have one parent; another run on this machine most likely begins elsewhere.
  const slice = (process.ppid * 5 + environment.testWorker()) % slices
  return { begin: first + slice * size, size }
}

/** One such port. @throws Error when there is none. */
export async function findFreePort(): Promise<number> {
  const [port = 0] = await findFreePorts(1)
  return port
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
