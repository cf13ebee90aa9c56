import { createServer } from 'node:http'
import type { Clock } from '@parlor/core/time'
import { openPostgresStores } from '@parlor/storage/postgres'
import { borrowDatabase, returnDatabase } from '@parlor/storage/postgres/testing'
import { createLive, type Live, type LivePorts } from '../index.ts'
import { openHouse } from './open-house.ts'
import { scriptedBrain } from './scripted-brain.ts'

/** What one node says of visitors reaches all of them in one order, at once, when the test says so, or never. */
function openNews() {
  const listeners: { live: () => Live }[] = []
  let queue: { from: object; visitorId: string }[] = []
  const news = {
    mode: 'prompt' as 'prompt' | 'held' | 'lost',
    join(live: () => Live): (visitorId: string) => void {
      const me = { live }
      listeners.push(me)
      return (visitorId) => {
        if (news.mode === 'lost') return
        queue.push({ from: me, visitorId })
        if (news.mode === 'prompt') setImmediate(news.deliver)
      }
    },
    deliver() {
      const heard = queue
      queue = []
      for (const { from, visitorId } of heard) {
        for (const each of listeners) {
          if (each === from) each.live().visitorCameHere(visitorId)
          else each.live().visitorLeft(visitorId)
        }
      }
    },
  }
  return news
}

/** A right to serve that a test can take away; like the real one it is noticed at the next use. */
function openLease(live: () => Live) {
  const lease = {
    isHeld: true,
    isCut: false,
    mayServe(): boolean {
      if (lease.isHeld) return true
      if (!lease.isCut) {
        lease.isCut = true
        live().cutAll()
      }
      return false
    },
    lose() {
      lease.isHeld = false
      lease.isCut = false
    },
    regain() {
      lease.mayServe()
      lease.isHeld = true
    },
  }
  return lease
}

export type Nodes = Awaited<ReturnType<typeof openNodes>>

/** Two endpoints over one store that know of each other only what the test lets through. Over Postgres each has connections of its own. */
export async function openNodes(
  port: number,
  options: Partial<LivePorts> = {},
  database: 'sqlite' | 'postgres' = 'sqlite',
) {
  const url = database === 'postgres' ? await borrowDatabase() : null
  const news = openNews()
  const firstLease = openLease(() => house.live)
  const secondLease = openLease(() => secondLive)
  const ownPorts = { ...options, mayServe: firstLease.mayServe, visitorCame: news.join(() => house.live) }
  const over = (to: string) => (_: string, clock: Clock) => openPostgresStores({ url: to, clock })
  const house = await openHouse(port, ownPorts, url === null ? undefined : over(url))
  const secondStores = url === null ? null : await openPostgresStores({ url, clock: house.wall })
  const stores = secondStores ?? house.stores
  const brain = scriptedBrain()
  const ports: LivePorts = {
    ...house.ports,
    ...stores,
    signingKeys: house.ports.signingKeys,
    brain,
    // Methods of its own, so that a test can change one node's and not the other's.
    transcripts: { ...stores.transcripts },
    mayServe: secondLease.mayServe,
    visitorCame: news.join(() => secondLive),
  }
  const secondLive = createLive(ports)
  const server = createServer()
  server.on('upgrade', secondLive.handleUpgrade)
  await new Promise<void>((resolve) => server.listen(port + 1, '127.0.0.1', resolve))

  const a = { url: house.url, live: house.live, brain: house.brain, lease: firstLease, ports: house.ports }
  const b = { url: `ws://127.0.0.1:${port + 1}/v1/rt`, live: secondLive, brain, lease: secondLease, ports }
  return {
    a,
    b,
    all: [a, b],
    news,
    house,
    async close() {
      await secondLive.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await secondStores?.close()
      await house.close()
      if (url !== null) await returnDatabase(url)
    },
  }
}
