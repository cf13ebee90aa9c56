/** Tells whether a session would be one too many for whoever has a ceiling: an account, or a key. */
export interface OpenCeiling {
  /**
   * Called inside the write, before the session is inserted. `count` counts the holder's open sessions in the running transaction
   * and never beyond `most`.
   */
  isReached(holder: string, ceiling: number, count: (most: number) => number): boolean
  /** A session of the holder was inserted. */
  inserted(holder: string): void
}

/** Holders whose bound is remembered; beyond, all are forgotten and counted anew. */
const mostHolders = 10_000

/**
 * Counting is a walk over the holder's open sessions, too long to repeat for each one of ten thousand. So the last count
 * is remembered and raised with each insert: sessions that end meanwhile only lower the truth, so the number is an upper
 * bound, and it is only when that reaches the ceiling that the store is asked again. It decides nothing by itself.
 *
 * @param undoneSoFar rises whenever a transaction was undone, and with it what was counted in it.
 */
export function openCeiling(undoneSoFar: () => number): OpenCeiling {
  const bounds = new Map<string, number>()
  let undone = undoneSoFar()
  const forgetWhatWasUndone = (): void => {
    if (undone === undoneSoFar()) return
    undone = undoneSoFar()
    bounds.clear()
  }
  return {
    isReached: (holder, ceiling, count) => {
      forgetWhatWasUndone()
      const bound = bounds.get(holder)
      if (bound !== undefined && bound < ceiling) return false
      const open = count(ceiling)
      if (open >= ceiling) return true
      if (bounds.size >= mostHolders) bounds.clear()
      bounds.set(holder, open)
      return false
    },
    inserted: (holder) => {
      const bound = bounds.get(holder)
      if (bound !== undefined) bounds.set(holder, bound + 1)
    },
  }
}
