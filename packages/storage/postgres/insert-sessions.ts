import { ceilingReached, type LedgerEntry, type Session, type SessionCeilings } from '@parlor/core/session'
import type { Access, Value } from './access.ts'
import type { Outcome } from './group-commit.ts'
import { packId, packOrNull } from './pack-id.ts'
import { oddIdsOf } from './session-rows.ts'
import { sessionStatements } from './session-statements.ts'

/** A session to be stored, with the first line of its ledger. */
export interface Insertion {
  session: Session
  entry: LedgerEntry
  ceilings: SessionCeilings | null
}

/**
 * Stores new sessions in one transaction, each where the ceilings of its account and of its key still allow it. Exact whatever other
 * nodes do: a session is counted and stored under its account's gate. @param now tells which sessions a ceiling still counts.
 */
export async function insertSessions(
  { ask }: Access,
  insertions: readonly Insertion[],
  now: number,
  share: number,
): Promise<Outcome<void>[]> {
  const [row] = await ask<{ refused: (keyof SessionCeilings | null)[] }>(
    sessionStatements.insert,
    valuesOf(insertions, now, share),
  )
  if (row === undefined) throw new Error('The store did not say what became of new sessions.')
  return insertions.map(({ ceilings }, index) => {
    const whose = row.refused[index] ?? null
    return whose === null ? { value: undefined } : { error: ceilingReached(whose, ceilings?.[whose] ?? 0) }
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
  for (const { session, ceilings } of insertions) {
    const account = packId(session.accountId)
    const gate = gates.get(account) ?? { account, wanted: 0, lowest: null, highest: null }
    gates.set(account, gate)
    gate.wanted += 1
    const ceiling = ceilings?.account ?? null
    if (ceiling === null) continue
    gate.lowest = Math.min(gate.lowest ?? ceiling, ceiling)
    gate.highest = Math.max(gate.highest ?? ceiling, ceiling)
  }
  return [...gates.values()].sort((a, b) => (a.account < b.account ? -1 : 1))
}

/** A key that has a ceiling, and how far its sessions must be counted. */
interface CountedKey {
  key: string
  account: string
  highest: number
}

function countedKeysOf(insertions: readonly Insertion[]): CountedKey[] {
  const keys = new Map<string, CountedKey>()
  for (const { session, ceilings } of insertions) {
    const ceiling = ceilings?.key ?? null
    if (ceiling === null || session.keyId === null) continue
    const key = packId(session.keyId)
    const highest = Math.max(keys.get(key)?.highest ?? 0, ceiling)
    keys.set(key, { key, account: packId(session.accountId), highest })
  }
  return [...keys.values()]
}

function valuesOf(insertions: readonly Insertion[], now: number, share: number): Value[] {
  const gates = gatesOf(insertions)
  const gateOf = placesOf(gates.map(({ account }) => account))
  const keys = countedKeysOf(insertions)
  const keyPlaceOf = placesOf(keys.map(({ key }) => key))
  const each = <T>(pick: (session: Session) => T): T[] => insertions.map(({ session }) => pick(session))
  return [
    gates.map(({ account }) => account),
    gates.map(({ wanted }) => wanted),
    gates.map(({ lowest }) => lowest),
    gates.map(({ highest }) => highest),
    now,
    share,
    keys.map(({ key }) => key),
    keys.map(({ account }) => gateOf.get(account) ?? 0),
    keys.map(({ highest }) => highest),
    each((session) => gateOf.get(packId(session.accountId)) ?? 0),
    insertions.map(({ ceilings }) => ceilings?.account ?? null),
    // Also where this session is under no ceiling of its key: those that are count it.
    each(({ keyId }) => (keyId === null ? null : (keyPlaceOf.get(packId(keyId)) ?? null))),
    insertions.map(({ ceilings }) => ceilings?.key ?? null),
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

/** Where each stands in a list, counted from 1 as Postgres counts. */
function placesOf(all: readonly string[]): ReadonlyMap<string, number> {
  return new Map(all.map((one, index) => [one, index + 1]))
}
