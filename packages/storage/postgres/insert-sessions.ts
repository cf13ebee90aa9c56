import { ParlorError } from '@parlor/core/errors'
import type { LedgerEntry, Session } from '@parlor/core/session'
import type { Access, Value } from './access.ts'
import type { Outcome } from './group-commit.ts'
import { packId, packOrNull } from './pack-id.ts'
import { oddIdsOf } from './session-rows.ts'
import { sessionStatements } from './session-statements.ts'

/** A session to be stored, with the first line of its ledger. */
export interface Insertion {
  session: Session
  entry: LedgerEntry
  ceiling: number | null
}

/**
 * Stores new sessions in one transaction, each where its account's ceiling still allows it. Exact whatever other nodes do: a
 * session is counted and stored under its account's gate. @param now tells which sessions a ceiling still counts.
 */
export async function insertSessions(
  { ask }: Access,
  insertions: readonly Insertion[],
  now: number,
  share: number,
): Promise<Outcome<void>[]> {
  const [row] = await ask<{ admitted: boolean[] }>(sessionStatements.insert, valuesOf(insertions, now, share))
  return insertions.map(({ ceiling }, index) => {
    if (row?.admitted[index] === true) return { value: undefined }
    return { error: new ParlorError('concurrency_reached', { facts: { ceiling: ceiling ?? 0 } }) }
  })
}

/** What the sessions of one account ask of its ceiling. */
interface Gate {
  account: string
  wanted: number
  lowest: number | null
  highest: number | null
}

/** Gates in one order everywhere, so that no two transactions wait for each other. */
function gatesOf(insertions: readonly Insertion[]): Gate[] {
  const gates = new Map<string, Gate>()
  for (const { session, ceiling } of insertions) {
    const account = packId(session.accountId)
    const gate = gates.get(account) ?? { account, wanted: 0, lowest: null, highest: null }
    gates.set(account, gate)
    gate.wanted += 1
    if (ceiling === null) continue
    gate.lowest = Math.min(gate.lowest ?? ceiling, ceiling)
    gate.highest = Math.max(gate.highest ?? ceiling, ceiling)
  }
  return [...gates.values()].sort((a, b) => (a.account < b.account ? -1 : 1))
}

function valuesOf(insertions: readonly Insertion[], now: number, share: number): Value[] {
  const gates = gatesOf(insertions)
  const gateOf = new Map(gates.map(({ account }, index) => [account, index + 1]))
  const each = <T>(pick: (session: Session) => T): T[] => insertions.map(({ session }) => pick(session))
  return [
    gates.map(({ account }) => account),
    gates.map(({ wanted }) => wanted),
    gates.map(({ lowest }) => lowest),
    gates.map(({ highest }) => highest),
    now,
    share,
    each((session) => gateOf.get(packId(session.accountId)) ?? 0),
    insertions.map(({ ceiling }) => ceiling),
    each((session) => packId(session.id)),
    each((session) => session.kind),
    each((session) => packId(session.projectId)),
    each((session) => packId(session.agentId)),
    each((session) => packOrNull(session.keyId)),
    each((session) => packId(session.jti)),
    each((session) => packId(session.kid)),
    each((session) => session.state),
    each((session) => session.reason),
    each((session) => session.createdAt),
    each((session) => session.expiresAt),
    each((session) => session.liveAt),
    each((session) => session.endedAt),
    each((session) => JSON.stringify(session.settings)),
    each((session) => packOrNull(session.boundVisitorId)),
    each((session) => session.entries),
    each(oddIdsOf),
    insertions.map(({ entry }) => entry.at),
    insertions.map(({ entry }) => entry.type),
    insertions.map(({ entry }) => JSON.stringify(entry.facts)),
  ]
}
