import { ParlorError } from '@parlor/core/errors'

/** What an account's ceiling asks of the store. */
export interface CeilingQuestions {
  /** The account's open sessions, counted in the running transaction; never counts beyond `most`. */
  countOpen(accountId: string, most: number): number
  /** Rises whenever a transaction was undone, and with it what was counted in it. */
  undone(): number
}

/** Refuses a session too many. */
export interface OpenCeiling {
  /** @throws ParlorError `concurrency_reached`. Called inside the write, before the session is inserted. */
  refuseOver(accountId: string, ceiling: number): void
  /** A session of the account was inserted. */
  inserted(accountId: string): void
}

/** Accounts whose bound is remembered; beyond, all are forgotten and counted anew. */
const mostAccounts = 10_000

/**
 * Counting is a walk over the account's open sessions, too long to repeat for each one of ten thousand. So the last count
 * is remembered and raised with each insert: sessions that end meanwhile only lower the truth, so the number is an upper
 * bound, and it is only when that reaches the ceiling that the store is asked again. It decides nothing by itself.
 */
export function openCeiling(questions: CeilingQuestions): OpenCeiling {
  const bounds = new Map<string, number>()
  let undone = questions.undone()
  const forgetWhatWasUndone = (): void => {
    if (undone === questions.undone()) return
    undone = questions.undone()
    bounds.clear()
  }
  return {
    refuseOver: (accountId, ceiling) => {
      forgetWhatWasUndone()
      const bound = bounds.get(accountId)
      if (bound !== undefined && bound < ceiling) return
      const open = questions.countOpen(accountId, ceiling)
      if (open >= ceiling) throw new ParlorError('concurrency_reached', { facts: { ceiling } })
      if (bounds.size >= mostAccounts) bounds.clear()
      bounds.set(accountId, open)
    },
    inserted: (accountId) => {
      const bound = bounds.get(accountId)
      if (bound !== undefined) bounds.set(accountId, bound + 1)
    },
  }
}
