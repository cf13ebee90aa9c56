import { connect, createServer, type Socket } from 'node:net'
import { findFreePort } from './free-port.ts'

/** The wire between a node and its store, which can be cut in both of the ways wires are cut, and slowed down. */
export interface StoreRelay {
  port: number
  /** Drops every connection and takes no new one. */
  cut(): void
  /** Keeps every connection and takes new ones, but nothing comes through any more. */
  silence(): void
  /** Passes on again what comes; what was silenced is lost with its connections. */
  mend(): void
  /** From now on everything takes this much longer in each direction, in milliseconds. */
  delay(ms: () => number): void
  /**
   * From the moment these bytes go to the store, nothing it says comes back on any connection, though it goes on doing what it is
   * asked. Resolves when the transaction they were a part of is over.
   */
  swallowAfter(words: string): Promise<void>
  close(): Promise<void>
}

/** How Postgres's protocol ends an answer outside of a transaction: `ReadyForQuery`, idle. What was to be committed is. */
const idle = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])

/** Passes on everything from a port of its own to `target`, a port of this machine where no other one is named. */
export async function startStoreRelay(target: number, host = '127.0.0.1'): Promise<StoreRelay> {
  const port = await findFreePort()
  const ends = new Set<Socket>()
  let state: 'open' | 'cut' | 'silent' = 'open'
  let delayMs: (() => number) | null = null

  let trap: { words: string; isSprung: boolean; spring(): void } | null = null
  /** Connections the words went over, with the end of what came back since: an answer may come in pieces. */
  const trapped = new WeakMap<Socket, Buffer>()

  /** Whether a piece goes on its way. `near` is the node's end of its connection. */
  const passesTrap = (piece: Buffer, near: Socket, isAnswer: boolean): boolean => {
    if (trap === null) return true
    if (!isAnswer && !trap.isSprung && piece.includes(trap.words)) {
      trap.isSprung = true
      trapped.set(near, Buffer.alloc(0))
    }
    const before = trapped.get(near)
    if (isAnswer && before !== undefined) {
      const answer = Buffer.concat([before, piece])
      if (answer.includes(idle)) trap.spring()
      trapped.set(near, answer.subarray(-idle.length))
    }
    return !isAnswer || !trap.isSprung
  }

  const pass = (from: Socket, to: Socket, isAnswer: boolean): void => {
    const near = isAnswer ? to : from
    // Later pieces never overtake earlier ones.
    let free = 0
    from.on('data', (piece: Buffer) => {
      if (state !== 'open' || !passesTrap(piece, near, isAnswer)) return
      if (delayMs === null && free <= performance.now()) {
        to.write(piece)
        return
      }
      free = Math.max(free, performance.now() + (delayMs?.() ?? 0))
      setTimeout(
        () => {
          if (state === 'open' && !to.destroyed) to.write(piece)
        },
        Math.max(0, free - performance.now()),
      )
    })
    from.on('error', () => {})
    from.on('close', () => {
      ends.delete(from)
      if (state !== 'silent') to.destroy()
    })
    from.setNoDelay(true)
    ends.add(from)
  }

  const server = createServer((near) => {
    if (state === 'cut') {
      near.destroy()
      return
    }
    if (state === 'silent') {
      near.on('error', () => {})
      near.on('close', () => ends.delete(near))
      near.resume()
      ends.add(near)
      return
    }
    const far = connect(target, host)
    pass(near, far, false)
    pass(far, near, true)
  })
  const dropAll = () => {
    for (const end of ends) end.destroy()
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port,
    cut() {
      state = 'cut'
      dropAll()
    },
    silence() {
      state = 'silent'
    },
    mend() {
      // A connection that lost some of what it carried is of no use to anybody.
      if (state === 'silent' || trap?.isSprung) dropAll()
      state = 'open'
      trap = null
    },
    delay(ms) {
      delayMs = ms
    },
    swallowAfter: (words) =>
      new Promise((spring) => {
        trap = { words, isSprung: false, spring }
      }),
    close() {
      dropAll()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
