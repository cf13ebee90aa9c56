import { refuseField } from '../errors/index.ts'
import { highestConcurrency, longestDurationSeconds } from '../limits/index.ts'

/** A name people read: trimmed, 1 to 200 characters, none of them a control character. @throws ParlorError `validation_failed`. */
export function checkName(text: string, path: string[] = ['name']): string {
  const name = text.trim()
  if (name.length < 1 || name.length > 200 || /[\p{Cc}\p{Cs}]/u.test(name)) {
    throw refuseField(path, 'invalid_name', 'write 1 to 200 characters on one line')
  }
  return name
}

/** A whole number between two, or null for none. @throws ParlorError `validation_failed` naming the range. */
export function checkWhole(
  value: number | null,
  field: string,
  { from, to, unit }: { from: number; to: number; unit: string },
): number | null {
  if (value === null || (Number.isInteger(value) && value >= from && value <= to)) return value
  throw refuseField([field], 'out_of_range', `write a whole number of ${unit} from ${from} to ${to}`)
}

/** A ceiling for how long sessions live, in seconds; null for the installation's own. */
export function checkDuration(value: number | null): number | null {
  return checkWhole(value, 'maxDurationSeconds', { from: 1, to: longestDurationSeconds, unit: 'seconds' })
}

/** A ceiling for how many sessions are open at once; null for none of its own. */
export function checkConcurrency(value: number | null): number | null {
  return checkWhole(value, 'concurrency', { from: 0, to: highestConcurrency, unit: 'sessions' })
}
