import type { Belongings } from './house.ts'

/** One route as the admission test calls it. */
export interface Row {
  /** The path with the parameters filled in from what an account owns. */
  url(owner: Belongings & { session: string }): string
  /** A body that would be accepted. */
  body?(owner: Belongings): object
  /** What another account's key gets when it names this account's things; lists must simply not show them, a history only its own calls. */
  foreign: number | 'not listed' | 'own calls'
}
