import type { EndingFanOut } from '@parlor/core/session'

/** This process among those that share its store (decision 13). */
export interface Cluster {
  /** Whether anything may be served now. To be asked immediately before each use of a connection or a token. */
  mayServe(): boolean
  /** How many nodes share the work, this one included. */
  size(): number
  /** Looks who may be serving now. Whoever wrote anything before the call is among them, unless it is gone since. */
  liveNodes(): Promise<ReadonlySet<string>>
  /** Ends a session on this node by `local`, and resolves when no node serves anything on it any more. */
  everywhere(local: EndingFanOut): EndingFanOut
  /** Tells the other nodes that a visitor has come here. */
  visitorCame(visitorId: string): void
  /** Tells the other nodes that avatars of this one want to be sent in by them. */
  seatsFreed(): void
  /** Gives the lease up: from here on nothing is served. */
  leave(): Promise<void>
}

/** What a node does when it hears of others. */
export interface ClusterDuties {
  /** Everything that is being served here; endings of other nodes go through it. */
  local: EndingFanOut
  /** The lease is lost: every connection is to be cut, at once. */
  cutAll(): void
  /** This node's own announcement of a visitor has come back: what others announced of them before is older. */
  visitorCameHere(visitorId: string): void
  /** A visitor has connected to another node. */
  visitorLeft(visitorId: string): void
  /** Another node is gone, or has freed seats: what it kept may want somebody. */
  nodeGone(): void
}

/** A store that one process alone may open needs no leases. */
export function aloneInCluster(nodeId: string): Cluster {
  return {
    mayServe: () => true,
    size: () => 1,
    liveNodes: async () => new Set([nodeId]),
    everywhere: (local) => local,
    visitorCame: () => {},
    seatsFreed: () => {},
    leave: async () => {},
  }
}
