import type { EndReason } from '../session/index.ts'

/** A session's end as all nodes hear of it. Numbers only grow, and no end becomes visible below one that was read already. */
export interface Ending {
  number: number
  sessionId: string
  reason: EndReason
}

/** What the store knows of a node. */
export interface NodeRow {
  nodeId: string
  /** Grows by one with every renewal of the node's lease. */
  renewal: number
  /** Every ending up to this number is applied on the node. */
  applied: number
  /** How far the node's clock was from the store's at its last renewal, in milliseconds. */
  skewMs: number
}

/** What tells nodes of each other's doings sooner than their next renewal. Losing any of it must not matter. */
export type NodeNews =
  | { type: 'ending' }
  | { type: 'applied' }
  /** The node takes its avatars out of their rooms, and their seats are free. */
  | { type: 'seats' }
  | { type: 'visitor'; visitorId: string; nodeId: string }

/**
 * What the nodes that share a store know of each other. Every promise resolves after the change is durable and visible to
 * every later read of any node; a read sees everything that resolved anywhere before it was sent.
 */
export interface NodeStore {
  /** Writes the node's next renewal, making its row where there is none. Resolves to the store's time, in milliseconds since 1970. */
  renewLease(node: Omit<NodeRow, 'renewal'>): Promise<number>
  /** Says how far the node has applied; never goes back. Does not renew. */
  markApplied(nodeId: string, applied: number): Promise<void>
  listNodes(): Promise<NodeRow[]>
  /** Takes a node off the list that serves nothing any more. */
  forgetNode(nodeId: string): Promise<void>
  /** Endings above `after`, in order, at most `limit`. */
  listEndings(after: number, limit: number): Promise<Ending[]>
  /** The highest ending's number; 0 before the first. */
  lastEnding(): Promise<number>
  /** Tells other nodes; it may get lost. */
  announce(news: NodeNews): Promise<void>
  /** Calls `hear` for what other nodes and this one announce, until the returned function is called. */
  listen(hear: (news: NodeNews) => void): Promise<() => Promise<void>>
}
