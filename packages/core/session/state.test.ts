import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EndReason, LedgerEntry, Session, Visitor } from './session.ts'
import { end, isOver, join } from './state.ts'

const start = 1_000_000

function issued(expiresAt: number, singleUse = false): Session {
  return {
    id: 's',
    kind: 'widget',
    accountId: 'a',
    projectId: 'p',
    agentId: 'g',
    keyId: 'k',
    jti: 'j',
    kid: 'kid',
    state: 'issued',
    reason: null,
    createdAt: start,
    expiresAt,
    liveAt: null,
    endedAt: null,
    settings: {
      features: { voiceInput: true, textInput: true, knowledgeBase: true },
      sites: { domains: [], origins: [] },
      audioOnly: false,
      singleUse,
      metadata: null,
    },
    boundVisitorId: null,
    entries: 1,
  }
}

const visitor = (id: string): Visitor => ({ id, sessionId: 's', resumeDigest: '', createdAt: start })

/** The same rules, written as a person would say them: what has happened decides, nothing is stored. */
class Reference {
  joined = false
  ended: EndReason | null = null

  join(now: number, expiresAt: number): boolean {
    if (this.ended !== null || now >= expiresAt) return false
    this.joined = true
    return true
  }

  end(wish: EndReason, now: number, expiresAt: number): void {
    if (this.ended !== null) return
    if (now >= expiresAt) this.ended = 'expired'
    else if (wish !== 'expired') this.ended = wish
  }

  get state(): Session['state'] {
    if (this.ended !== null) return 'ended'
    return this.joined ? 'live' : 'issued'
  }
}

type Step = { at: number } & ({ do: 'join'; who: string } | { do: 'end'; wish: EndReason })

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('join' as const),
    who: fc.constantFrom('v1', 'v2'),
    at: fc.integer({ min: -5_000, max: 9_000 }),
  }),
  fc.record({
    do: fc.constant('end' as const),
    wish: fc.constantFrom<EndReason[]>('revoked', 'stopped', 'expired', 'limit', 'failed'),
    at: fc.integer({ min: -5_000, max: 9_000 }),
  }),
)

describe('the table of states', () => {
  it('agrees with a reference model in any order of events and under any jump of the clock', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const model = new Reference()
        let session = issued(start + 4_000)
        const ledger: LedgerEntry[] = []
        for (const { at, ...todo } of steps) {
          const now = start + at
          if (todo.do === 'join') {
            const may = !isOver(session, now)
            expect(may).toBe(model.join(now, session.expiresAt))
            const change = may ? join(session, visitor(todo.who), now) : null
            if (change !== null) ({ session } = change)
            ledger.push(...(change?.entries ?? []))
          } else {
            const change = end(session, todo.wish, now)
            model.end(todo.wish, now, session.expiresAt)
            if (change !== null) ({ session } = change)
            ledger.push(...(change?.entries ?? []))
          }
          expect(session.state).toBe(model.state)
          expect(session.reason).toBe(model.ended)
          expect(session.endedAt === null).toBe(model.ended === null)
        }
        expect(ledger.map((entry) => entry.number)).toEqual(ledger.map((_, i) => i + 2))
        expect(ledger.filter((entry) => entry.type === 'ended').length).toBe(model.ended === null ? 0 : 1)
        expect(session.entries).toBe(ledger.length + 1)
      }),
    )
  })

  it('writes down an expiry that was missed instead of a later wish', () => {
    const change = end(issued(start + 1_000), 'revoked', start + 5_000)
    expect(change?.session).toMatchObject({ reason: 'expired', endedAt: start + 1_000 })
  })

  it('does not expire a session before its time', () => {
    expect(end(issued(start + 1_000), 'expired', start + 999)).toBeNull()
  })

  it('leaves an ended session as it is', () => {
    const ended = end(issued(start + 9_000), 'revoked', start)?.session
    expect(ended && end(ended, 'failed', start + 1)).toBeNull()
  })

  it('never changes the session it is given', () => {
    const before = issued(start + 9_000, true)
    const copy = structuredClone(before)
    join(before, visitor('v1'), start)
    end(before, 'revoked', start)
    expect(before).toEqual(copy)
  })

  it('binds a single-use session to its first visitor', () => {
    expect(join(issued(start + 9_000, true), visitor('v1'), start).session.boundVisitorId).toBe('v1')
    expect(join(issued(start + 9_000, false), visitor('v1'), start).session.boundVisitorId).toBeNull()
  })
})
