import { randomUUID } from 'node:crypto'
import type { LedgerEntry, Session } from '@parlor/core/session'
import { type Clock, newId } from '@parlor/core/time'
import { newTokenId } from '@parlor/core/token'

const lifetimeMs = 3_600_000
const accounts = Array.from({ length: 20 }, () => randomUUID())
const agents = accounts.map((account) => ({ account, project: randomUUID(), key: randomUUID(), kid: randomUUID() }))
const agentIds = new Map(accounts.map((account) => [account, Array.from({ length: 10 }, () => randomUUID())]))

/** A session as the widget wire makes them, of one of 20 accounts with ten agents each. */
export function makeSession(clock: Clock, number: number): Session {
  const owner = agents[number % agents.length] as (typeof agents)[number]
  const now = clock.now()
  return {
    id: newId(clock),
    kind: 'widget',
    accountId: owner.account,
    projectId: owner.project,
    agentId: agentIds.get(owner.account)?.[Math.floor(number / agents.length) % 10] ?? '',
    keyId: owner.key,
    jti: newTokenId(),
    kid: owner.kid,
    state: 'issued',
    reason: null,
    createdAt: now,
    expiresAt: now + lifetimeMs,
    liveAt: null,
    endedAt: null,
    settings: {
      features: { voiceInput: true, textInput: true, knowledgeBase: true },
      sites: { domains: ['shop.example', 'www.shop.example'], origins: [] },
      audioOnly: false,
      singleUse: false,
      metadata: { user: `customer-${number}`, page: '/products/lamps' },
    },
    boundVisitorId: null,
    entries: 1,
  }
}

export function issued(session: Session): LedgerEntry {
  return { sessionId: session.id, number: 1, at: session.createdAt, type: 'issued', facts: {} }
}

/** Does `work` for each number below `count`, `atOnce` at a time. */
export async function inTurns(
  count: number,
  atOnce: number,
  work: (number: number) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < count; from += atOnce) {
    const some: Promise<unknown>[] = []
    for (let number = from; number < Math.min(count, from + atOnce); number++) some.push(work(number))
    await Promise.all(some)
  }
}
