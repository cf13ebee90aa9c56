import { createLease, type LeaseRules, type NodeNews, type NodeStore, shareNext, watchNodes } from '@parlor/core/node'
import type { Logger } from 'pino'
import type { Cluster, ClusterDuties } from './cluster.ts'
import { createPauses } from './pauses.ts'

export interface ClusterPorts {
  nodes: NodeStore
  logger: Pick<Logger, 'info' | 'warn' | 'error'>
  nodeId: string
  /** Overrides, for tests. */
  timing?: Partial<ClusterTiming>
}

/** All in milliseconds. */
export interface ClusterTiming {
  /** How long a node may serve without hearing from the store (design, promise 1). */
  leaseMs: number
  marginMs: number
  renewEveryMs: number
  /** How far a machine's clock may be from the store's before somebody should hear of it; nothing here goes by it. */
  clockToleranceMs: number
}

export const defaultClusterTiming: ClusterTiming = {
  leaseMs: 2000,
  marginMs: 100,
  renewEveryMs: 500,
  clockToleranceMs: 2000,
}

/** Renewals under way at once: one may hang on a connection that is dead. */
const mostRenewals = 2

/**
 * Joins the nodes that share a store. When it resolves, this node may serve.
 * @throws whatever the store throws while the first lease is asked for.
 */
export async function joinCluster(ports: ClusterPorts, duties: ClusterDuties): Promise<Cluster> {
  const { nodes, logger, nodeId } = ports
  const timing = { ...defaultClusterTiming, ...ports.timing }
  const rules: LeaseRules = { nodeId, leaseMs: timing.leaseMs, marginMs: timing.marginMs }
  const monotonicMs = () => performance.now()
  const pauses = createPauses()
  const lease = createLease(
    {
      nodes,
      monotonicMs,
      wallMs: Date.now,
      apply: async (endings) => {
        await Promise.all(endings.map(({ sessionId: id, reason }) => duties.local.sessionEnded({ id, reason })))
      },
    },
    rules,
    await nodes.lastEnding(),
  )
  const watch = watchNodes({ nodes, monotonicMs, pauseOrNews: pauses.pauseOrNews }, rules)
  // One word for all that ended until it is said: whoever hears it reads them all.
  const announceEnding = shareNext(() => nodes.announce({ type: 'ending' }).catch(() => {}))
  let isHeld = false
  let hasLeft = false
  let clockIsOff = false

  /** Notices a lost lease at the next use, or at the next beat where nothing is used. */
  function mayServe(): boolean {
    if (lease.isHeld() && !hasLeft) return true
    if (!isHeld) return false
    isHeld = false
    logger.warn({ node: nodeId }, 'the lease ran out: every connection is cut until the store is reached again')
    duties.cutAll()
    return false
  }

  async function renew(): Promise<void> {
    mayServe()
    await lease.renew()
    if (hasLeft || !lease.isHeld()) return
    if (!isHeld) logger.info({ node: nodeId, skewMs: Math.round(lease.skewMs()) }, 'this node may serve')
    isHeld = true
    tellSkew()
  }

  function tellSkew(): void {
    const isOff = Math.abs(lease.skewMs()) > timing.clockToleranceMs
    if (isOff && !clockIsOff) {
      const skewMs = Math.round(lease.skewMs())
      logger.warn({ node: nodeId, skewMs }, 'this machine’s clock differs from the store’s; the store’s is used')
    }
    clockIsOff = isOff
  }

  function hear(news: NodeNews): void {
    if (news.type === 'applied') pauses.news()
    else if (news.type === 'seats') duties.nodeGone()
    else if (news.type === 'visitor') {
      if (news.nodeId === nodeId) duties.visitorCameHere(news.visitorId)
      else duties.visitorLeft(news.visitorId)
    } else lease.catchUp().catch((err: unknown) => logger.warn({ err }, 'endings could not be read; the lease decides'))
  }

  let known: ReadonlySet<string> = new Set()
  function noticeGone(): void {
    const live = watch.live()
    if ([...known].some((id) => !live.has(id))) duties.nodeGone()
    known = live
  }

  await renew()
  await watch.look()
  const stopListening = await nodes.listen(hear)
  let renewals = 0
  const beat = setInterval(() => {
    mayServe()
    // Where the store is slow they would pile up, each one later than the last.
    if (renewals < mostRenewals) {
      renewals += 1
      renew()
        .catch((err: unknown) => logger.warn({ err, node: nodeId }, 'the lease could not be renewed'))
        .finally(() => {
          renewals -= 1
        })
    }
    watch.look().then(noticeGone, () => {})
  }, timing.renewEveryMs)

  return {
    mayServe,
    size: () => Math.max(1, watch.live().size),
    liveNodes: async () => {
      await watch.look()
      return watch.live()
    },
    everywhere: (local) => ({
      async sessionEnded(session) {
        await Promise.all([local.sessionEnded(session), announceEnding()])
        await watch.awaitEverywhere()
      },
    }),
    visitorCame: (visitorId) => {
      nodes.announce({ type: 'visitor', visitorId, nodeId }).catch(() => {})
    },
    seatsFreed: () => {
      nodes.announce({ type: 'seats' }).catch(() => {})
    },
    async leave() {
      if (hasLeft) return
      hasLeft = true
      clearInterval(beat)
      pauses.close()
      await stopListening().catch(() => {})
      await nodes.forgetNode(nodeId).catch(() => {})
    },
  }
}
