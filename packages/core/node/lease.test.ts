import { describe, expect, it } from 'vitest'
import { type Flaws, type Outcome, simulate } from './testing/cluster.ts'

/** Worlds of three nodes with pauses, cuts and slow networks; the same every time. */
async function worlds(count: number, flaws: Flaws = {}): Promise<Outcome> {
  const sum: Outcome = { accepted: 0, refused: 0, endings: 0, late: [], slowestMs: 0 }
  for (let seed = 1; seed <= count; seed += 1) {
    const one = await simulate(seed, flaws)
    sum.accepted += one.accepted
    sum.refused += one.refused
    sum.endings += one.endings
    sum.late.push(...one.late.map((use) => `${use} (seed ${seed})`))
    sum.slowestMs = Math.max(sum.slowestMs, one.slowestMs)
    if (sum.late.length > 0) break
  }
  return sum
}

describe('an ending on many nodes', () => {
  it('is kept by every node from the moment the ending call returns', async () => {
    const outcome = await worlds(40)
    expect(outcome.late).toEqual([])
    // Or nothing was shown.
    expect(outcome.accepted).toBeGreaterThan(100_000)
    expect(outcome.refused).toBeGreaterThan(10_000)
    expect(outcome.endings).toBeGreaterThan(400)
  })

  it.each<[string, Flaws]>([
    ['a node believes its lease is longer than the others wait', { ownLeaseMs: 2600 }],
    ['endings are read before the renewal is written', { readsBeforeRenewing: true }],
    ['nobody waits for a lease to run out', { enderWaitsMs: -100 }],
    ['an ending is called applied before it is', { appliesLate: 300 }],
  ])('is not, where %s: this test would see it', async (_, flaws) => {
    const outcome = await worlds(40, flaws)
    expect(outcome.late.length).toBeGreaterThan(0)
  })
})
