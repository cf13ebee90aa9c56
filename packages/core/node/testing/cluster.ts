import { watchNodes } from '../await-everywhere.ts'
import { createLease, type LeaseRules } from '../lease.ts'
import type { Ending, NodeRow, NodeStore } from '../node-store.ts'
import { createWorld, type World } from './world.ts'

/** What may go wrong on purpose, to see that the test sees it. */
export interface Flaws {
  /** The node's own idea of its lease is longer than what others wait for. */
  ownLeaseMs?: number
  /** Endings are read before the renewal is written, not after. */
  readsBeforeRenewing?: true
  /** The ending call returns without waiting for leases to run out. */
  enderWaitsMs?: number
  /** An ending is applied a while after it was said to be. */
  appliesLate?: number
}

export interface Outcome {
  accepted: number
  refused: number
  endings: number
  /** Uses of an ended session that were accepted after its ending call had returned. */
  late: string[]
  /** How long the slowest ending call took. */
  slowestMs: number
}

const rules = { leaseMs: 2000, marginMs: 100 }
const sessionsEach = 6

interface Machine {
  id: string
  /** Until when its process is stopped. */
  frozenUntil: number
  /** Until when nothing it sends arrives, and nothing arrives at it. */
  cutUntil: number
  /** How fast its clock runs. */
  pace: number
}

/** Several nodes, a store between them, pauses, cuts and slow networks, for one minute of the world's time. */
export async function simulate(seed: number, flaws: Flaws = {}): Promise<Outcome> {
  const world = createWorld(seed)
  const rows = new Map<string, NodeRow>()
  const endings: Ending[] = []
  const outcome: Outcome = { accepted: 0, refused: 0, endings: 0, late: [], slowestMs: 0 }
  const returned = new Set<string>()
  const machines = ['a', 'b', 'c'].map(
    (id): Machine => ({ id, frozenUntil: 0, cutUntil: 0, pace: world.between(0.98, 1.02) }),
  )
  for (const machine of machines) void runNode(machine)
  for (const machine of machines) void disturb(world, machine)
  await world.run(60_000)
  return outcome

  /** A call to the store: it arrives, is done at one moment, and its answer arrives, unless the machine is cut off. */
  async function call<T>(machine: Machine, work: () => T): Promise<T> {
    await world.sleep(world.between(0.1, 5) + (world.random() < 0.02 ? world.between(0, 1500) : 0))
    if (world.now() < machine.cutUntil && world.random() < 0.7) return fail(machine)
    const answer = work()
    await world.sleep(world.between(0.1, 5) + (world.random() < 0.02 ? world.between(0, 1500) : 0))
    if (world.now() < machine.cutUntil) return fail(machine)
    await thawed(machine)
    return answer
  }

  async function fail(machine: Machine): Promise<never> {
    await world.sleep(world.between(1, 3000))
    await thawed(machine)
    throw new Error('cut off')
  }

  async function thawed(machine: Machine): Promise<void> {
    while (world.now() < machine.frozenUntil) await world.sleep(machine.frozenUntil - world.now() + world.random())
  }

  function storeFor(machine: Machine): NodeStore {
    let before: Ending[] | null = null
    const listEndings = (after: number) => endings.filter(({ number }) => number > after)
    return {
      renewLease: async (node) => {
        if (flaws.readsBeforeRenewing) before = await call(machine, () => listEndings(node.applied))
        return call(machine, () => {
          const renewal = (rows.get(node.nodeId)?.renewal ?? 0) + 1
          rows.set(node.nodeId, {
            ...node,
            applied: Math.max(node.applied, rows.get(node.nodeId)?.applied ?? 0),
            renewal,
          })
          return world.now()
        })
      },
      markApplied: (nodeId, applied) =>
        call(machine, () => {
          const row = rows.get(nodeId)
          if (row !== undefined) rows.set(nodeId, { ...row, applied: Math.max(row.applied, applied) })
        }),
      listNodes: () => call(machine, () => [...rows.values()].map((row) => ({ ...row }))),
      forgetNode: async () => {},
      listEndings: async (after) => {
        const early = before
        before = null
        return early === null ? call(machine, () => listEndings(after)) : early.filter(({ number }) => number > after)
      },
      lastEnding: () => call(machine, () => endings.length),
      announce: async () => {},
      listen: async () => async () => {},
    }
  }

  async function runNode(machine: Machine): Promise<void> {
    const nodes = storeFor(machine)
    const ended = new Set<string>()
    const monotonicMs = () => world.now() * machine.pace
    const apply = async (list: readonly Ending[]) => {
      if (flaws.appliesLate !== undefined) {
        world.at(world.now() + flaws.appliesLate, () => list.forEach(({ sessionId }) => void ended.add(sessionId)))
        return
      }
      for (const { sessionId } of list) ended.add(sessionId)
    }
    const own: LeaseRules = { ...rules, nodeId: machine.id, leaseMs: flaws.ownLeaseMs ?? rules.leaseMs }
    const lease = createLease({ nodes, monotonicMs, wallMs: () => 0, apply }, own, 0)
    const pauseOrNews = async (ms: number) => {
      await world.sleep(ms)
      await thawed(machine)
    }
    const others: LeaseRules = { ...rules, nodeId: machine.id, leaseMs: flaws.enderWaitsMs ?? rules.leaseMs }
    const watch = watchNodes({ nodes, monotonicMs, pauseOrNews }, others)
    void forever(machine, 500, () => lease.renew())
    void forever(machine, 500, () => watch.look())
    void forever(machine, 5, async () => use(machine, lease.isHeld(), ended))
    for (let n = 0; n < sessionsEach; n += 1) {
      await pauseOrNews(world.between(500, 8000))
      await endOne(machine, `${machine.id}${n}`, watch.awaitEverywhere, apply).catch(() => {})
    }
  }

  async function forever(machine: Machine, everyMs: number, work: () => Promise<unknown>): Promise<void> {
    for (;;) {
      await thawed(machine)
      await work().catch(() => {})
      await world.sleep(everyMs * world.between(0.5, 1))
    }
  }

  /** Somebody on this node uses one of all the sessions. */
  function use(machine: Machine, isHeld: boolean, ended: ReadonlySet<string>): void {
    const from = machines[Math.floor(world.random() * machines.length)]?.id
    const session = `${from}${Math.floor(world.random() * sessionsEach)}`
    if (!isHeld || ended.has(session)) {
      outcome.refused += 1
      return
    }
    outcome.accepted += 1
    if (returned.has(session)) outcome.late.push(`${session} on ${machine.id} at ${world.now()}`)
  }

  async function endOne(
    machine: Machine,
    sessionId: string,
    awaitEverywhere: () => Promise<void>,
    apply: (list: readonly Ending[]) => Promise<void>,
  ): Promise<void> {
    const begun = world.now()
    const ending = await call(machine, () => {
      const made: Ending = { number: endings.length + 1, sessionId, reason: 'revoked' }
      endings.push(made)
      return made
    })
    await apply([ending])
    for (;;) {
      try {
        await awaitEverywhere()
        break
      } catch {
        await thawed(machine)
      }
    }
    returned.add(sessionId)
    outcome.endings += 1
    outcome.slowestMs = Math.max(outcome.slowestMs, world.now() - begun)
  }
}

async function disturb(world: World, machine: Machine): Promise<void> {
  for (;;) {
    await world.sleep(world.between(500, 12_000))
    const until = world.now() + world.between(50, 6000)
    if (world.random() < 0.5) machine.frozenUntil = until
    else machine.cutUntil = until
  }
}
