import { refuseField } from '../errors/index.ts'

/** What a session gets when nobody says how long it shall live, in seconds. */
export const defaultDurationSeconds = 3600
/** The longest any session may live, in seconds: a day. */
export const longestDurationSeconds = 86_400

/** The most sessions at once an account or a key may be given. */
export const highestConcurrency = 1_000_000

/**
 * How long a session shall live, in seconds. Without a wish it is the default, or the ceiling where that is lower.
 * @throws ParlorError `validation_failed` at `path` above the lowest of the ceilings.
 */
export function chooseDuration(wish: number | undefined, ceilings: (number | null)[], path: string[]): number {
  const ceiling = Math.min(longestDurationSeconds, ...ceilings.filter((c) => c !== null))
  if (wish === undefined) return Math.min(defaultDurationSeconds, ceiling)
  if (Number.isInteger(wish) && wish >= 1 && wish <= ceiling) return wish
  throw refuseField(path, 'out_of_range', `write a whole number of seconds from 1 to ${ceiling}`)
}
