import { ParlorError } from '../errors/index.ts'

/** How many sessions may be open at once when one more is stored: its account's, and those of the key it is made with. Null is no limit. */
export interface SessionCeilings {
  account: number | null
  key: number | null
}

/** What a store throws at the session that would be one too many. */
export function ceilingReached(whose: keyof SessionCeilings, ceiling: number): ParlorError {
  const ofKey = `This key has ${ceiling} sessions open, as many as it may have. End one, or wait until one expires.`
  return new ParlorError('concurrency_reached', { ...(whose === 'key' && { message: ofKey }), facts: { ceiling } })
}
