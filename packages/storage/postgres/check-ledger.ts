import type { LedgerEntry, Session } from '@parlor/core/session'

/** Throws where the entries would leave a gap: a ledger that does not add up must never be written. */
export function checkLedger(before: number, session: Session, entries: readonly LedgerEntry[]): void {
  const whole = entries.every((entry, index) => entry.number === before + index + 1)
  if (!whole || session.entries !== before + entries.length) {
    throw new Error(`The ledger of session ${session.id} would have a gap after entry ${before}.`)
  }
}
