import type { EndReason } from '@parlor/core/session'
import type { Access } from './access.ts'
import { withOddIds } from './pack-id.ts'
import { sessionStatements } from './session-statements.ts'

/** One session's end, in the order of all. */
export interface Ending {
  /** From 1, without gaps. Whoever sees one has all lower ones before him: none is committed later. */
  number: number
  sessionId: string
  reason: EndReason
  at: number
}

/** The endings of all sessions, in one order for every node. */
export interface EndingOrder {
  /** Endings with numbers above `after`, in order. */
  listEndings(after: number, limit: number): Promise<Ending[]>
  /** The number of the last ending; 0 before the first. */
  readLast(): Promise<number>
}

interface EndingRow {
  ending: number
  at: number
  facts: string
  id: string
  odd: string | null
}

export function endingOrder({ ask }: Access): EndingOrder {
  return {
    listEndings: async (after, limit) =>
      (await ask<EndingRow>(sessionStatements.listEndings, [after, Math.max(0, limit)])).map(
        ({ ending, at, facts, id, odd }) => ({
          number: ending,
          sessionId: withOddIds({ id }, odd).id,
          reason: JSON.parse(facts).reason,
          at,
        }),
      ),
    readLast: async () => (await ask<{ last: number }>(sessionStatements.lastEnding, []))[0]?.last ?? 0,
  }
}
