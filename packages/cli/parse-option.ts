import { InvalidArgumentError } from 'commander'

/** A ceiling as it is typed. (Commander makes an empty text of null, so "none" stays a word until it is sent.) */
export type Ceiling = number | 'none'

/** A whole number, or the word `none`. @throws InvalidArgumentError with a sentence. */
export function parseCeiling(text: string): Ceiling {
  return text === 'none' ? text : parseWhole(text, 'write a whole number, or none')
}

/** What is sent for a ceiling: null for none, nothing where nothing was typed. */
export function ceilingOf(typed: Ceiling | undefined): number | null | undefined {
  return typed === 'none' ? null : typed
}

export function parseWhole(text: string, hint = 'write a whole number'): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new InvalidArgumentError(`${hint}.`)
}

/** Of something to be shown: none of it is nothing to ask for. */
export function parseCount(text: string): number {
  const count = parseWhole(text, 'write a whole number from 1')
  if (count > 0) return count
  throw new InvalidArgumentError('write a whole number from 1.')
}

/** `100/60s`: so many requests in so many seconds. `none` lifts the limit. */
export function parseRate(text: string): { limit: number; windowSeconds: number } {
  if (text === 'none') return { limit: 0, windowSeconds: 60 }
  const [, limit, window] = /^(\d{1,9})\/(\d{1,9})s?$/.exec(text) ?? []
  // On the wire a limit of 0 means none at all: whoever types it does not mean that.
  if (Number(limit) > 0 && Number(window) > 0) return { limit: Number(limit), windowSeconds: Number(window) }
  throw new InvalidArgumentError('write requests and seconds, such as 100/60s, or none.')
}

/** `30d` from now, or a day or time in ISO 8601. Resolves to ISO 8601 in UTC. */
export function parseExpiry(text: string, now = Date.now()): string {
  const days = /^(\d{1,5})d$/.exec(text)?.[1]
  const time = days === undefined ? readTime(text) : now + Number(days) * 86_400_000
  if (!Number.isNaN(time)) return new Date(time).toISOString()
  throw new InvalidArgumentError('write days such as 30d, or a time such as 2030-01-31T00:00:00Z.')
}

/** Words with commas between them. */
export function parseWords(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

function readTime(text: string): number {
  return /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.test(text) ? Date.parse(text) : Number.NaN
}
