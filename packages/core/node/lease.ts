import type { Ending, NodeStore } from './node-store.ts'

export interface LeasePorts {
  nodes: NodeStore
  /** A clock that is never set, in milliseconds: only its pace counts. */
  monotonicMs(): number
  /** The clock people read, in milliseconds since 1970. */
  wallMs(): number
  /**
   * Cuts everything of these sessions on this node: nothing is served on them from the moment of the call. Resolves when their
   * connections are closed, or after a bound of its own.
   */
  apply(endings: readonly Ending[]): Promise<void>
}

export interface LeaseRules {
  nodeId: string
  /** How long a node may serve without hearing from the store. */
  leaseMs: number
  /** How much longer others wait for it: for clocks that do not keep the same pace. */
  marginMs: number
}

/** One node's right to serve. See docs/decisions/0013-endings-reach-every-node.md for why it holds. */
export interface Lease {
  /** To be asked immediately before each use of a connection or a token, with nothing awaited between. */
  isHeld(): boolean
  /** Renews once. Until the first one has resolved, nothing may be served. @throws whatever the store throws. */
  renew(): Promise<void>
  /** Reads and applies what has ended since. */
  catchUp(): Promise<void>
  /** How far this node's clock is from the store's, in milliseconds, as far as is known. */
  skewMs(): number
}

const endingsAtOnce = 1000

/** Begins with everything that ended before `applied` was read: nobody is connected yet, and whoever comes reads the rows. */
export function createLease(ports: LeasePorts, rules: LeaseRules, applied: number): Lease {
  const { nodes, monotonicMs, wallMs } = ports
  let heldUntil = Number.NEGATIVE_INFINITY
  let heldUntilWall = Number.NEGATIVE_INFINITY
  let reading = Promise.resolve()
  let next: Promise<void> | null = null
  let skew = 0
  let told = applied

  async function readOn(): Promise<void> {
    for (;;) {
      const endings = await nodes.listEndings(applied, endingsAtOnce)
      const last = endings.at(-1)
      if (last === undefined) return
      await ports.apply(endings)
      applied = last.number
    }
  }

  async function readAndTell(): Promise<void> {
    await readOn()
    if (applied <= told) return
    told = applied
    await nodes.markApplied(rules.nodeId, told)
    // Others would find it at their next look.
    await nodes.announce({ type: 'applied' }).catch(() => {})
  }

  /** A reading that is under way may have been sent too early for whoever asks now: theirs is the next one. */
  function catchUp(): Promise<void> {
    next ??= reading
      .catch(() => {})
      .then(() => {
        next = null
        reading = readAndTell()
        return reading
      })
    return next
  }

  return {
    // A machine that was suspended may have stopped the one clock; the other is then right soon after it wakes.
    isHeld: () => monotonicMs() < heldUntil && wallMs() < heldUntilWall,
    async renew() {
      // Before it is sent: whatever the network does, the lease ends here before others stop waiting for it.
      const sent = monotonicMs()
      const wallBefore = wallMs()
      const storeTime = await nodes.renewLease({ nodeId: rules.nodeId, applied, skewMs: Math.round(skew) })
      skew = (wallBefore + wallMs()) / 2 - storeTime
      // Only now, in a reading of its own: an ending that did not wait for this renewal was there before it.
      await catchUp()
      heldUntil = Math.max(heldUntil, sent + rules.leaseMs)
      heldUntilWall = wallBefore + rules.leaseMs + rules.marginMs
    },
    catchUp,
    skewMs: () => skew,
  }
}
