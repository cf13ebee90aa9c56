/** Why a store would not open: each is for the operator to settle, none goes away by trying again at once. */
export type RefusalReason = 'not_durable' | 'newer' | 'not_a_store' | 'unusable'

/** The database cannot be served from. The message is one sentence that says what to do. */
export class StoreRefused extends Error {
  readonly reason: RefusalReason

  constructor(reason: RefusalReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'StoreRefused'
    this.reason = reason
  }
}
