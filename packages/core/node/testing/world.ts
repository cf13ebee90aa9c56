/** Time that passes only when everything that could happen now has happened. */
export interface World {
  now(): number
  random(): number
  /** A number from `from` to `to`. */
  between(from: number, to: number): number
  at(time: number, work: () => void): void
  sleep(ms: number): Promise<void>
  /** Lets so much time pass. */
  run(ms: number): Promise<void>
}

export function createWorld(seed: number): World {
  const queue: { time: number; order: number; work: () => void }[] = []
  let now = 0
  let order = 0
  const random = mulberry(seed)
  const world: World = {
    now: () => now,
    random,
    between: (from, to) => from + random() * (to - from),
    at(time, work) {
      order += 1
      queue.push({ time: Math.max(time, now), order, work })
    },
    sleep: (ms) => new Promise((resolve) => world.at(now + ms, resolve)),
    async run(ms) {
      const end = now + ms
      for (;;) {
        queue.sort((a, b) => a.time - b.time || a.order - b.order)
        const next = queue[0]
        if (next === undefined || next.time > end) break
        queue.shift()
        now = next.time
        next.work()
        // Everything that was waiting for it goes on before anything else happens.
        await new Promise((resolve) => setImmediate(resolve))
      }
      now = end
    },
  }
  return world
}

function mulberry(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
