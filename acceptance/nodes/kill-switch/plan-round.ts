/** What goes wrong in a round, and when, in milliseconds from its start. */
export interface Fault {
  kind: 'stop' | 'cut' | 'silence'
  node: number
  atMs: number
  forMs: number
}

export interface Planned {
  faults: Fault[]
  endings: { atMs: number; by: number }[]
  /** The node nothing happens to. */
  healthy: number
}

export interface EndedOne {
  tookMs: number
  tries: number
  underFaults: boolean
}

/** Endings come while one node is stopped and another one is cut off; they are asked of all three. */
export function planRound(
  random: () => number,
  { nodes, endings, victims }: { nodes: number; endings: number; victims: number[] | undefined },
): Planned {
  const between = (from: number, to: number) => from + random() * (to - from)
  const order = shuffle(victims ?? Array.from({ length: nodes }, (_, index) => index), random)
  const [stopped = 0, cut = 0] = order
  const healthy =
    Array.from({ length: nodes }, (_, index) => index).find((node) => node !== stopped && node !== cut) ?? 0
  return {
    faults: [
      { kind: 'stop', node: stopped, atMs: between(0, 600), forMs: between(2400, 4200) },
      { kind: random() < 0.5 ? 'cut' : 'silence', node: cut, atMs: between(0, 600), forMs: between(2400, 4200) },
    ],
    endings: Array.from({ length: endings }, () => ({
      atMs: between(0, 3200),
      by: random() < 0.6 ? healthy : Math.floor(random() * nodes),
    })),
    healthy,
  }
}

function shuffle<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

/** Numbers from 0 to 1 that are the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = (seed * 0x9e3779b1) >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
}
