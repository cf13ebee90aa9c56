import { randomUUID } from 'node:crypto'
import {
  type Change,
  type EndReason,
  end,
  join,
  type LedgerEntry,
  type Session,
  type Visitor,
} from '@parlor/core/session'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { ContractCase, Opened } from './contract-case.ts'
import { issuedEntry, sampleSession } from './samples.ts'

/** What may happen to one of three sessions, and whether what comes next waits for it. */
type Step = { session: number; wait: boolean } & (
  | { do: 'join' }
  | { do: 'end'; reason: EndReason }
  | { do: 'fail' }
  | { do: 'leave' }
  | { do: 'advance'; ms: number }
)

const reasons: readonly EndReason[] = ['revoked', 'stopped', 'expired', 'limit', 'failed']
const where = { session: fc.nat(2), wait: fc.boolean() }
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ ...where, do: fc.constant('join' as const) }),
  fc.record({ ...where, do: fc.constant('end' as const), reason: fc.constantFrom(...reasons) }),
  fc.record({ ...where, do: fc.constant('fail' as const) }),
  fc.record({ ...where, do: fc.constant('leave' as const) }),
  fc.record({ ...where, do: fc.constant('advance' as const), ms: fc.nat(40_000) }),
)

/** The store in three lines: a record, its ledger, its visitors. */
interface Model {
  session: Session
  ledger: LedgerEntry[]
  visitors: Visitor[]
}

class Refused extends Error {}

/** What the verb would decide at `now`; the model and the store are asked the same. */
function decide(step: Step, visitor: Visitor, now: number): (session: Session) => Change | null {
  return (session) => {
    if (step.do === 'fail') throw new Refused()
    if (step.do === 'end') return end(session, step.reason, now)
    if (step.do === 'join' && session.state !== 'ended') return join(session, visitor, now)
    return null
  }
}

async function play({ stores: { sessions }, clock }: Opened, steps: readonly Step[]): Promise<void> {
  const models: Model[] = [0, 1, 2].map(() => {
    const session = sampleSession(clock.now())
    return { session, ledger: [issuedEntry(session)], visitors: [] }
  })
  for (const { session } of models) await sessions.insertSession(session, issuedEntry(session), null)
  const running: Promise<void>[] = []
  for (const step of steps) {
    const model = models[step.session] as Model
    if (step.do === 'advance') {
      clock.advance(step.ms)
      continue
    }
    const { id } = model.session
    const visitor = { id: randomUUID(), sessionId: id, resumeDigest: 'd', createdAt: clock.now() }
    const asked = decide(step, visitor, clock.now())
    const outcome = sessions.changeSession(id, asked)
    const expected = step.do === 'fail' ? null : apply(model, asked(structuredClone(model.session)))
    const done = expected === null ? refused(outcome) : same(outcome, expected)
    running.push(done)
    // All are judged together at the end; one that fails before that is not unhandled.
    done.catch(() => {})
    if (step.wait) await done
  }
  await Promise.all(running)
  for (const { session, ledger, visitors } of models) {
    expect(await sessions.findSession(session.id)).toEqual(session)
    expect(await sessions.listLedger(session.id)).toEqual(ledger)
    for (const visitor of visitors) expect(await sessions.findVisitor(visitor.id)).toEqual(visitor)
  }
}

/** The session as it is afterwards. */
function apply(model: Model, change: Change | null): Session {
  if (change !== null) {
    model.session = change.session
    model.ledger.push(...change.entries)
    if (change.visitor) model.visitors.push(change.visitor)
  }
  return structuredClone(model.session)
}

async function refused(outcome: Promise<unknown>): Promise<void> {
  await expect(outcome).rejects.toBeInstanceOf(Refused)
}

async function same(outcome: Promise<Session | null>, expected: Session): Promise<void> {
  expect(await outcome).toEqual(expected)
}

export const sessionModelCases: readonly ContractCase[] = [
  {
    name: 'whatever happens in whatever order, sessions, ledger and visitors stand as the reference model says',
    run: (opened) =>
      fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 30 }), (steps) => play(opened, steps)),
        { numRuns: 40 },
      ),
  },
]
