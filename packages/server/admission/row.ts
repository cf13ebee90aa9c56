import type { RoomBelongings } from './testing/furnish-room.ts'

/** One route as the admission test calls it. */
export interface Row {
  /** The path with the parameters filled in from what an account owns. */
  url(owner: RoomBelongings & { session: string }): string
  /** A body that would be accepted. */
  body?(owner: RoomBelongings): object
  /** What another account's key gets when it names this account's things (`null`: 200 and nothing); lists must simply not show them, a history only its own calls. */
  foreign: number | 'null' | 'not listed' | 'own calls'
  /** What a suspended account's key gets where it may still read; else it is refused. */
  suspended?: number
  /** Whether it is another route once more, under another prefix. */
  isAlias?: true
}
