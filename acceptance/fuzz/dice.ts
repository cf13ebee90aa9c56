/** Chance that can be repeated: the same seed brings the same throws. */
export interface Dice {
  /** A whole number from 0 up to, but not, `end`. */
  below(end: number): number
  chance(likelihood: number): boolean
  /** @throws RangeError for an empty list. */
  pick<T>(list: readonly T[]): T
  bytes(count: number): Buffer
}

/** Dice of their own for shot `index`, so that what one shot throws does not depend on how many another threw. */
export function throwDice(seed: number, index = 0): Dice {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    below,
    chance: (likelihood) => next() < likelihood,
    pick: <T>(list: readonly T[]): T => {
      if (list.length === 0) throw new RangeError('There is nothing to pick from.')
      return list[below(list.length)] as T
    },
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => below(256))),
  }
}
