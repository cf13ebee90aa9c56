import { connect, createServer, type Socket } from 'node:net'
import { findFreePort } from '../harness/free-port.ts'

/** A wire that can be cut: what a tunnel or a weak network does to a visitor. */
export interface Relay {
  port: number
  /** Where the wire leads; set it before anybody comes. */
  leadTo(port: number): void
  /** Drops every connection and takes no new one. */
  cut(): void
  /** Takes connections again. */
  mend(): void
  close(): Promise<void>
}

/** Passes on everything from a port of its own to another one of this machine. */
export async function startRelay(): Promise<Relay> {
  const port = await findFreePort()
  let target = 0
  const ends = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) {
      near.destroy()
      return
    }
    const far = connect(target, '127.0.0.1')
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end)
      end.setNoDelay(true)
      end.on('error', () => {})
      end.on('close', () => {
        ends.delete(end)
        other.destroy()
      })
      end.pipe(other)
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const dropAll = () => {
    for (const end of ends) end.destroy()
  }
  return {
    port,
    leadTo(wanted) {
      target = wanted
    },
    cut() {
      isCut = true
      dropAll()
    },
    mend() {
      isCut = false
    },
    close() {
      dropAll()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
