import type { LeaseRules } from './lease.ts'
import type { NodeRow, NodeStore } from './node-store.ts'
import { shareNext } from './share-next.ts'

export interface WatchPorts {
  nodes: Pick<NodeStore, 'listNodes' | 'lastEnding'>
  /** A clock that is never set, in milliseconds. */
  monotonicMs(): number
  /** Resolves after so many milliseconds, or sooner when another node said that it has applied something. */
  pauseOrNews(ms: number): Promise<void>
}

/** What one node has seen of the others, by its own clock alone. */
export interface NodeWatch {
  /** Looks at the list, and remembers when each renewal was first seen. */
  look(): Promise<NodeRow[]>
  /**
   * Resolves when every ending that was visible at the call is applied on every node that could serve without having seen it.
   * @throws whatever the store throws: then nobody knows, and the caller must not say that it is done.
   */
  awaitEverywhere(): Promise<void>
  /** Nodes that may be serving, as far as was seen at the last look. */
  live(): ReadonlySet<string>
}

const longestPauseMs = 50

/** @param rules of every node alike: `nodeId` is this one's, which applies its own endings before it asks for the others. */
export function watchNodes({ nodes, monotonicMs, pauseOrNews }: WatchPorts, rules: LeaseRules): NodeWatch {
  const seen = new Map<string, { renewal: number; at: number }>()

  /** A renewal was sent before it was seen, so its lease is over when this much has gone by here since it was, or is only now. */
  const overAt = (nodeId: string) => (seen.get(nodeId)?.at ?? monotonicMs()) + rules.leaseMs + rules.marginMs

  async function look(): Promise<NodeRow[]> {
    const rows = await nodes.listNodes()
    const now = monotonicMs()
    const listed = new Set(rows.map(({ nodeId }) => nodeId))
    for (const { nodeId, renewal } of rows) {
      if (seen.get(nodeId)?.renewal !== renewal) seen.set(nodeId, { renewal, at: now })
    }
    // Not before its lease is over: this list may be older than one that came before it.
    for (const nodeId of seen.keys()) if (!listed.has(nodeId) && now >= overAt(nodeId)) seen.delete(nodeId)
    return rows
  }

  /** What has ended, and only then who is there: renewals that are not on the list yet will read the endings after this. */
  const readBoth = shareNext(async () => ({ number: await nodes.lastEnding(), rows: await look() }))

  return {
    look,
    async awaitEverywhere() {
      const { number, rows } = await readBoth()
      const others = rows.filter(({ nodeId, applied }) => nodeId !== rules.nodeId && applied < number)
      const waiting = new Map(others.map(({ nodeId }) => [nodeId, overAt(nodeId)]))
      for (;;) {
        for (const [nodeId, over] of waiting) if (monotonicMs() >= over) waiting.delete(nodeId)
        if (waiting.size === 0) return
        await pauseOrNews(
          Math.min(longestPauseMs, ...[...waiting.values()].map((over) => Math.max(1, over - monotonicMs()))),
        )
        for (const row of await look()) if (row.applied >= number) waiting.delete(row.nodeId)
      }
    },
    live: () => new Set([...seen.keys()].filter((nodeId) => monotonicMs() < overAt(nodeId))),
  }
}
