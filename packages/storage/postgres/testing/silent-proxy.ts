import { once } from 'node:events'
import { createConnection, createServer, type Socket } from 'node:net'

/** A way to a server that can be cut without either side being told, as a network does. */
export interface SilentProxy {
  /** The server's address, by this way. */
  url: string
  /** From now on nothing passes, and connections still open. */
  silence(): void
  restore(): void
  close(): void
}

export async function silentProxy(url: string): Promise<SilentProxy> {
  const target = new URL(url)
  const pairs = new Set<readonly [Socket, Socket]>()
  let isSilent = false
  const server = createServer((from) => {
    const to = createConnection(Number(target.port), target.hostname)
    const pair = [from, to] as const
    pairs.add(pair)
    for (const [one, other] of [pair, [to, from] as const]) {
      one.on('data', (chunk) => isSilent || other.write(chunk))
      one.on('error', () => {})
      one.on('close', () => isSilent || other.destroy())
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  const drop = (): void => {
    for (const sockets of pairs) for (const socket of sockets) socket.destroy()
    pairs.clear()
  }
  return {
    url: Object.assign(new URL(url), { port: String(address.port) }).href,
    silence: () => {
      isSilent = true
    },
    restore: () => {
      isSilent = false
      drop()
    },
    close: () => {
      drop()
      server.close()
    },
  }
}
