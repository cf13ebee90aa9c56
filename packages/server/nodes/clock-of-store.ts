import type { NodeStore } from '@parlor/core/node'
import type { Clock } from '@parlor/core/time'

/**
 * The time nodes have in common: the store's, as it was at the last renewal, and since then by this process's monotonic clock. Setting
 * the clock of a node therefore changes nothing. Takes the store's time once, and again with each renewal made through `nodes`.
 */
export async function clockOfStore<Store extends NodeStore & { readTime(): Promise<number> }>(
  store: Store,
  monotonicMs: () => number = () => performance.now(),
): Promise<{ nodes: Store; clock: Clock }> {
  let at = { store: 0, here: 0 }
  const timed = async (ask: () => Promise<number>): Promise<number> => {
    const sent = monotonicMs()
    const time = await ask()
    at = { store: time, here: sent }
    return time
  }
  await timed(() => store.readTime())
  return {
    nodes: { ...store, renewLease: (node) => timed(() => store.renewLease(node)) },
    clock: { now: () => Math.floor(at.store + monotonicMs() - at.here) },
  }
}
